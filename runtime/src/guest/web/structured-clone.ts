/** `structuredClone` of the HTML standard: deep copies of plain values, with their cycles. */
import { invalidArgumentType, missingArguments } from '../node-error.ts'
import { late } from './late.ts'
import { named } from './named.ts'

/** What has been copied already, by what it was: cycles and shared parts stay so. */
type Copies = Map<object, object>
type Keyed = Record<string, unknown>

const refuse = (text: string): Error => new (late('exceptions').load().DOMException)(text, 'DataCloneError')

/** V8 names functions by their source and objects by their class. */
const nameOf = (value: unknown): string => {
  if (typeof value !== 'object') return String(value)
  return `#<${(value as object | null)?.constructor?.name || 'Object'}>`
}

const errorClasses = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError }

const cloneError = (error: Error, copies: Copies): Error => {
  const Class = errorClasses[error.name as keyof typeof errorClasses] ?? Error
  const made = new Class()
  copies.set(error, made)
  const hidden = (value: unknown) => ({ value, configurable: true, enumerable: false, writable: true })
  if ('message' in error) Object.defineProperty(made, 'message', hidden(`${error.message}`))
  Object.defineProperty(made, 'stack', hidden(error.stack))
  if (Object.hasOwn(error, 'cause')) Object.defineProperty(made, 'cause', hidden(clone(error.cause, copies)))
  return made
}

const cloneView = (view: ArrayBufferView, copies: Copies): object => {
  const buffer = clone(view.buffer, copies) as ArrayBuffer
  const { byteOffset } = view
  if (view instanceof DataView) return new DataView(buffer, byteOffset, view.byteLength)
  // A Buffer becomes what it is made of.
  const Class = view instanceof Uint8Array ? Uint8Array : (view.constructor as Uint8ArrayConstructor)
  return new Class(buffer, byteOffset, (view as Uint8Array).length)
}

const fillMap = (source: Map<unknown, unknown>, copies: Copies): Map<unknown, unknown> => {
  const copy = new Map()
  copies.set(source, copy)
  for (const [key, value] of [...source]) copy.set(clone(key, copies), clone(value, copies))
  return copy
}

const fillSet = (source: Set<unknown>, copies: Copies): Set<unknown> => {
  const copy = new Set()
  copies.set(source, copy)
  for (const value of [...source]) copy.add(clone(value, copies))
  return copy
}

const copyProperties = (source: object, copy: object, copies: Copies): object => {
  copies.set(source, copy)
  for (const key of Object.keys(source)) {
    if (!Object.hasOwn(source, key)) continue
    const value = clone((source as Keyed)[key], copies)
    Object.defineProperty(copy, key, { value, configurable: true, enumerable: true, writable: true })
  }
  return copy
}

const cloneArray = (source: readonly unknown[], copies: Copies): object => {
  const copy: unknown[] = []
  copy.length = source.length
  return copyProperties(source, copy, copies)
}

const cloneBoxed = (source: object): object => {
  const value: unknown = source.valueOf()
  if (typeof value === 'symbol') throw refuse(`${nameOf(source)} could not be cloned.`)
  return Object(value) as object
}

const isUncloneable = (value: object): boolean =>
  value instanceof WeakMap || value instanceof WeakSet || value instanceof Promise

/** Files, and errors that have a class of their own on the web. */
const clonePlatform = (source: object): object | undefined => {
  const files = late('files').made
  if (files?.isBlob(source)) {
    const { File, Blob } = files.globals
    const bytes = [files.blobBytes(source)]
    if (!(source instanceof File)) return new Blob(bytes, { type: source.type })
    return new File(bytes, source.name, { type: source.type, lastModified: source.lastModified })
  }
  const { DOMException } = late('exceptions').made ?? {}
  if (DOMException === undefined || !(source instanceof DOMException)) return undefined
  return Object.defineProperty(new DOMException(source.message, source.name), 'stack', { value: source.stack })
}

type Cloner = [matches: (value: object) => boolean, copy: (value: never, copies: Copies) => object]

/** The first that matches is the one. */
const cloners: readonly Cloner[] = [
  [(value) => Array.isArray(value), cloneArray],
  [(value) => value instanceof Date, (value: Date) => new Date(value.getTime())],
  [(value) => value instanceof RegExp, ({ source, flags }: RegExp) => new RegExp(source, flags)],
  [(value) => value instanceof ArrayBuffer, (value: ArrayBuffer) => value.slice(0)],
  [ArrayBuffer.isView, cloneView],
  [(value) => value instanceof Map, fillMap],
  [(value) => value instanceof Set, fillSet],
  [(value) => value instanceof Error, cloneError],
  [
    (value) => /^\[object (?:Number|String|Boolean|BigInt|Symbol)\]$/.test(Object.prototype.toString.call(value)),
    cloneBoxed,
  ],
]

const clone = (value: unknown, copies: Copies): unknown => {
  if (typeof value === 'function' || typeof value === 'symbol') throw refuse(`${nameOf(value)} could not be cloned.`)
  if (typeof value !== 'object' || value === null) return value
  const before = copies.get(value)
  if (before !== undefined) return before
  if (isUncloneable(value)) throw refuse(`${nameOf(value)} could not be cloned.`)
  const [, copy] = cloners.find(([matches]) => matches(value)) ?? []
  const made = clonePlatform(value) ?? copy?.(value as never, copies) ?? copyProperties(value, {}, copies)
  copies.set(value, made)
  return made
}

/** What is moved and not copied: the original has nothing left. */
const readTransfer = (options: unknown): ArrayBuffer[] => {
  const { transfer } = (options ?? {}) as { transfer?: Iterable<unknown> }
  const list = transfer === undefined ? [] : [...transfer]
  for (const [index, item] of list.entries()) {
    if (typeof item !== 'object' || item === null) throw invalidArgumentType(`transfer[${index}]`, 'Object', item)
    if (!(item instanceof ArrayBuffer)) throw refuse('Value not transferable')
    if (list.indexOf(item) !== index) throw refuse('ArrayBuffer occurs in the transfer list twice')
    if (item.detached) throw refuse('An ArrayBuffer is detached and could not be cloned.')
  }
  return list as ArrayBuffer[]
}

function structuredClone(value: unknown, options: unknown): unknown {
  if (arguments.length === 0) throw missingArguments('value')
  const moved = readTransfer(options)
  const copy = clone(value, new Map())
  // Only now, when nothing can fail any more.
  for (const buffer of moved) buffer.transfer(0)
  return copy
}

export const globals = named({ structuredClone })
