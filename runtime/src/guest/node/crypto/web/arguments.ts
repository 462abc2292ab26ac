/** Arguments of WebCrypto's methods, converted and refused as Web IDL says and in Node's words. */
import { nodeError } from '../../../node-error.ts'
import { bytesOf } from '../../native.ts'
import { CryptoKey } from './crypto-key.ts'
import { checkUsages } from './normalize.ts'

const ordinals = ['1st', '2nd', '3rd', '4th', '5th', '6th', '7th']

export interface Arguments {
  readonly given: readonly unknown[]
  /** Bytes as they are now: their owner may change them before they are used. */
  bytes(index: number): Uint8Array<ArrayBuffer>
  key(index: number): CryptoKey
  usages(index: number): string[]
  format(index: number): string
}

const formats = ['raw', 'raw-public', 'raw-secret', 'raw-seed', 'pkcs8', 'spki', 'jwk']

/** Throws unless there are `least` of them. */
export const readArguments = (method: string, least: number, given: readonly unknown[]): Arguments => {
  const prefix = `Failed to execute '${method}' on 'SubtleCrypto'`
  const at = (index: number) => `${prefix}: ${ordinals[index]} argument`
  if (given.length < least) {
    const noun = least === 1 ? 'argument' : 'arguments'
    const message = `${prefix}: ${least} ${noun} required, but only ${given.length} present.`
    throw nodeError(TypeError, 'ERR_MISSING_ARGS', message)
  }
  const wrong = (index: number, words: string) => nodeError(TypeError, 'ERR_INVALID_ARG_TYPE', `${at(index)} ${words}`)
  return {
    given,
    bytes: (index) => {
      const value = given[index]
      if (!ArrayBuffer.isView(value) && !(value instanceof ArrayBuffer))
        throw wrong(index, 'is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.')
      return new Uint8Array(bytesOf(value))
    },
    key: (index) => {
      const value = given[index]
      if (!(value instanceof CryptoKey)) throw wrong(index, 'is not of type CryptoKey.')
      return value
    },
    usages: (index) => {
      const value = given[index]
      if (typeof value !== 'object' || value === null || !(Symbol.iterator in value))
        throw wrong(index, 'cannot be converted to sequence.')
      return checkUsages([...(value as Iterable<unknown>)], at(index))
    },
    format: (index) => {
      const value = `${given[index]}`
      if (formats.includes(value)) return value
      const message = `${at(index)} '${value}' is not a valid enum value of type KeyFormat.`
      throw nodeError(TypeError, 'ERR_INVALID_ARG_VALUE', message)
    },
  }
}
