/**
 * Node's own functions, computed by the host: what they are given crosses as it is (bridge/native-value.ts), and what they
 * answer or throw comes back. The host keeps nothing between two calls.
 */
import type { Refusal } from '../../bridge/call.ts'
import type { KeyType, NativeValue } from '../../bridge/native-value.ts'
import { fromBase64, toBase64 } from '../base64.ts'
import { askForAnswer } from '../host-call.ts'
import { nodeError } from '../node-error.ts'
import { bare } from '../primordials.ts'
import { surroundings } from '../surroundings.ts'
import { bytesClass } from './bytes-class.ts'

/** Where a key keeps its material; on whatever has it, a KeyObject crosses. */
export const materialOf = Symbol('material')
export interface Material {
  type: KeyType
  /** Base64. */
  bytes: string
}
type Keyed = { [materialOf]?: Material }

/** A value that has been made ready to cross: bytes that an author may change later, or many times the same. */
export class Crossing {
  readonly value: NativeValue
  constructor(value: NativeValue) {
    this.value = value
  }
}

/** The bytes of a view, whatever its elements are. */
export const bytesOf = (view: ArrayBufferView | ArrayBuffer): Uint8Array =>
  ArrayBuffer.isView(view) ? new Uint8Array(view.buffer, view.byteOffset, view.byteLength) : new Uint8Array(view)

const isBuffer = (value: object): value is ArrayBuffer => value instanceof ArrayBuffer

const crossBytes = (form: 'view' | 'buffer', bytes: Uint8Array): NativeValue => ['bytes', form, toBase64(bytes)]

const crossFields = (value: object): Record<string, NativeValue> => {
  const fields: Record<string, NativeValue> = bare({})
  // Inherited ones too: Node reads options by name.
  for (const name in value) fields[name] = cross((value as Record<string, unknown>)[name])
  return fields
}

const isPlain = (value: object): boolean => {
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** A Date, a Map, a Promise: nothing that anybody means as options. */
const isOpaque = (value: object, fields: object): boolean => Object.keys(fields).length === 0 && !isPlain(value)

const crossObject = (value: object): NativeValue => {
  if (value instanceof Crossing) return value.value
  if (ArrayBuffer.isView(value)) return crossBytes('view', bytesOf(value))
  if (isBuffer(value)) return crossBytes('buffer', new Uint8Array(value))
  const material = (value as Keyed)[materialOf]
  if (material) return ['key', material.type, material.bytes]
  if (Array.isArray(value)) return ['array', value.map(cross)]
  const fields = crossFields(value)
  if (!isOpaque(value, fields)) return ['object', fields]
  return ['instance', `${(value as { constructor?: { name?: unknown } }).constructor?.name ?? ''}`]
}

export const cross = (value: unknown): NativeValue => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : ['number', Object.is(value, -0) ? '-0' : `${value}`]
    case 'bigint':
      return ['bigint', `${value}`]
    case 'object':
      return value === null ? null : crossObject(value)
    case 'function':
      return ['function', value.name]
    case 'symbol':
      return ['symbol', value.description ?? '']
    default:
      return ['undefined']
  }
}

let makeKey: (material: Material) => unknown = (material) => material

/** Said by the module that knows keys. */
export const makeKeysWith = (make: typeof makeKey): void => {
  makeKey = make
}

/** A Buffer of these bytes, which are nobody else's. */
export const toBuffer = (bytes: Uint8Array): Uint8Array =>
  bytesClass().from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const receive = (value: NativeValue): unknown => {
  if (typeof value !== 'object' || value === null) return value
  switch (value[0]) {
    case 'number':
      return Number(value[1])
    case 'bigint':
      return BigInt(value[1])
    case 'bytes':
      return value[1] === 'buffer' ? fromBase64(value[2]).buffer : toBuffer(fromBase64(value[2]))
    case 'key':
      return makeKey({ type: value[1], bytes: value[2] })
    case 'array':
      return value[1].map(receive)
    case 'object':
      return Object.fromEntries(Object.entries(value[1]).map(([name, field]) => [name, receive(field)]))
    default:
      return undefined
  }
}

const classes = bare({ Error, TypeError, RangeError, SyntaxError })

const refusalKey = Symbol('refusal')

/** Errors of OpenSSL and zlib have a code at most, and do not show it in their text. */
const isOfOpenssl = (code: unknown): boolean => typeof code === 'string' && code.startsWith('ERR_OSSL_')

/** Whether a library has refused, not Node: such errors go to a callback, the others are thrown at the call. */
export const isOfLibrary = (error: unknown): boolean => {
  const { code, errno } = error as { code?: unknown; errno?: unknown }
  return code === undefined || errno !== undefined || isOfOpenssl(code)
}

/** The name of the DOMException that the host has thrown. */
export const exceptionOf = (error: unknown): string | undefined =>
  (error as { [refusalKey]?: Refusal })[refusalKey]?.exception

const toError = (refusal: Refusal): Error => {
  const { error, message, code, details } = refusal
  const Class = classes[error]
  const made = isOfLibrary({ code, ...details }) ? new Class(message) : nodeError(Class, code as string, message)
  Object.defineProperty(made, refusalKey, { value: refusal })
  return Object.assign(made, details, code !== undefined && { code })
}

const ask =
  (call: 'native.compute' | 'native.draw') =>
  <Result = unknown>(name: string, ...args: unknown[]): Result => {
    const answer = askForAnswer({ call, name, args: args.map(cross) })
    if (answer.ok) return receive(answer.value) as Result
    throw toError(answer)
  }

/** What the function comes to; always the same for the same arguments. */
export const compute = ask('native.compute')

/** The same of a function that draws random numbers. */
export const draw = ask('native.draw')

/** Tells a callback in Node's way what `run` comes to: later, and with nothing thrown that it could not have foreseen. */
export const tell = (callback: unknown, run: () => unknown[]): void => {
  let results: unknown[]
  try {
    results = [null, ...run()]
  } catch (error) {
    if (!isOfLibrary(error)) throw error
    results = [error]
  }
  surroundings.nextTick(callback as (...args: unknown[]) => unknown, results)
}
