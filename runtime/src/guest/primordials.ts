/**
 * V8's builtins as they were before author code ran. Glue that runs afterwards uses these and nothing else: no method of
 * a prototype, no iteration protocol, no object with a prototype where V8 looks properties up.
 */

const { bind, call } = Function.prototype

/** `uncurry(String.prototype.slice)(text, 0, 1)`: the method as it is now, whatever becomes of the prototype. */
export const uncurry = bind.bind(call) as <This, Args extends unknown[], Result>(
  method: (this: This, ...args: Args) => Result,
) => (self: This, ...args: Args) => Result

export const { parse: parseJson, stringify: stringifyJson } = JSON as {
  parse(text: string): unknown
  stringify(value: unknown): string | undefined
}
export const { isArray } = Array
export const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, keys } = Object
const { setPrototypeOf } = Object
export const { apply, construct, deleteProperty, ownKeys } = Reflect
export const { floor, max, min } = Math
export const { isFinite: isFiniteNumber, isSafeInteger } = Number
export const toNumber = Number
export const PromiseClass = Promise
export const { now } = Date
export const TypeErrorClass = TypeError
export const RangeErrorClass = RangeError
export const ErrorClass = Error
export const captureStackTrace = (Error as unknown as { captureStackTrace(target: object, caller?: object): void })
  .captureStackTrace

export const charCodeAt = uncurry(String.prototype.charCodeAt)
export const indexOf = uncurry(String.prototype.indexOf)
export const slice = uncurry(String.prototype.slice)
export const startsWith = uncurry(String.prototype.startsWith)
export const toLowerCase = uncurry(String.prototype.toLowerCase)
export const toUpperCase = uncurry(String.prototype.toUpperCase)
export const trim = uncurry(String.prototype.trim)
export const { fromCharCode, fromCodePoint } = String
export const toWellFormed = uncurry(String.prototype.toWellFormed)
/** In place. */
export const sort = uncurry(Array.prototype.sort) as <T>(
  list: List<T>,
  compare?: (left: T, right: T) => number,
) => List<T>
export const matchPattern = uncurry(RegExp.prototype.exec)

export const Uint8ArrayClass = Uint8Array
export const Uint16ArrayClass = Uint16Array
export const { isView } = ArrayBuffer
/** Bytes of a buffer; throws where `value` is none. */
export const bufferLength = uncurry(
  getOwnPropertyDescriptor(ArrayBuffer.prototype, 'byteLength')?.get as (this: unknown) => number,
)

/** The prototype that all `async function`s of this context have, and nothing else unless an author insists. */
export const asyncFunctionPrototype: unknown = getPrototypeOf(async () => {})

/** Takes the prototype off an object, so that nothing an author adds to `Object.prototype` shows through. */
export const bare = <T extends object>(value: T): T => setPrototypeOf(value, null) as T

/** An accessor's `value`, and the `get` of what is none, would otherwise be looked up on `Object.prototype`. */
export const ownProperty = (target: object, key: PropertyKey): PropertyDescriptor | undefined => {
  const found = getOwnPropertyDescriptor(target, key)
  return found && bare(found)
}

/** An array without methods: pushing is `add`, reading is by index. */
export interface List<T> {
  readonly length: number
  readonly [index: number]: T
}

export const createList = <T>(): List<T> => bare<T[]>([])

export const add = <T>(list: List<T>, item: T): void => {
  ;(list as T[])[list.length] = item
}
