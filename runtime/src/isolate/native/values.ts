/** Reads the arguments of a call from the guest, and writes what Node's function has answered (bridge/native-value.ts). */
import { KeyObject } from 'node:crypto'
import type { NativeValue } from '../../bridge/native-value.ts'
import { keyFrom, materialOf } from './key-material.ts'

/** Options of options, and one key within: nothing that Node takes is deeper. */
const deepest = 6

/** Throws where `value` is no `NativeValue`. */
export const readValue = (value: unknown, depth = 0): unknown => {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value
  if (!Array.isArray(value) || depth > deepest) throw new TypeError('The arguments cannot be read.')
  const [kind, first, second] = value as unknown[]
  const read = typeof kind === 'string' && Object.hasOwn(readers, kind) ? readers[kind] : undefined
  if (!read) throw new TypeError('The arguments cannot be read.')
  return read(first, { second, depth: depth + 1 })
}

type Reader = (first: unknown, rest: { second: unknown; depth: number }) => unknown

const readers: Record<string, Reader> = {
  undefined: () => undefined,
  number: Number,
  bigint: (digits) => BigInt(String(digits)),
  bytes: (form, { second }) => {
    const bytes = Buffer.from(String(second), 'base64')
    return form === 'buffer' ? toArrayBuffer(bytes) : bytes
  },
  key: (type, { second }) => keyFrom(type, Buffer.from(String(second), 'base64')),
  array: (items, { depth }) => {
    if (!Array.isArray(items)) throw new TypeError('The arguments cannot be read.')
    return items.map((item) => readValue(item, depth))
  },
  object: (fields, { depth }) => {
    // Node reads the file of whatever looks like a URL, where a key may be given.
    if (Object.hasOwn(fields as object, 'href')) throw new TypeError('A key cannot be given as a URL.')
    const entries = Object.entries(fields as object).filter(([name]) => name !== '__proto__')
    return Object.fromEntries(entries.map(([name, value]) => [name, readValue(value, depth)]))
  },
  function: (name) => Object.defineProperty(() => {}, 'name', { value: String(name) }),
  symbol: (description) => Symbol(String(description)),
  instance: (name) => Object.create({ constructor: { name: String(name) } }),
}

/** A Buffer may be a part of Node's pool. */
const toArrayBuffer = (bytes: Buffer): ArrayBuffer => Uint8Array.from(bytes).buffer

const bytesValue = (form: 'view' | 'buffer', bytes: Buffer): NativeValue => ['bytes', form, bytes.toString('base64')]

export const writeValue = (value: unknown): NativeValue => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      return Number.isFinite(value) ? value : ['number', String(value)]
    case 'bigint':
      return ['bigint', String(value)]
    case 'object':
      return value === null ? null : writeObject(value)
    default:
      return ['undefined']
  }
}

const writeObject = (value: object): NativeValue => {
  if (value instanceof ArrayBuffer) return bytesValue('buffer', Buffer.from(value))
  if (ArrayBuffer.isView(value))
    return bytesValue('view', Buffer.from(value.buffer, value.byteOffset, value.byteLength))
  if (value instanceof KeyObject) return ['key', value.type, materialOf(value).toString('base64')]
  if (Array.isArray(value)) return ['array', value.map(writeValue)]
  return ['object', Object.fromEntries(Object.entries(value).map(([name, field]) => [name, writeValue(field)]))]
}
