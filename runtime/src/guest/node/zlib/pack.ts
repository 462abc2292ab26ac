/** Packing and unpacking at once, by the host. What comes out is bounded there. */

import { surroundings } from '../../surroundings.ts'
import { compute, isOfLibrary } from '../native.ts'
import { requireFunction } from '../validate.ts'

export type Method =
  | 'deflate'
  | 'inflate'
  | 'gzip'
  | 'gunzip'
  | 'deflateRaw'
  | 'inflateRaw'
  | 'unzip'
  | 'brotliCompress'
  | 'brotliDecompress'
  | 'zstdCompress'
  | 'zstdDecompress'

export interface Packed {
  buffer: Uint8Array
  /** Of the input, how many were used. */
  bytesWritten: number
}

export const pack = (method: Method, input: unknown, options: unknown): Packed => {
  const { info: _, ...given } = (options ?? {}) as { info?: unknown }
  return compute<Packed>('zlib', method, input, given)
}

type MakeEngine = (method: Method, options: unknown) => object

const answerOf = ({ buffer, bytesWritten }: Packed, options: unknown, engine: () => object): unknown => {
  const isAsked = (options as { info?: unknown } | undefined)?.info
  return isAsked ? { buffer, engine: Object.assign(engine(), { bytesWritten }) } : buffer
}

export const createSync = (method: Method, makeEngine: MakeEngine) => (input: unknown, options?: unknown) =>
  answerOf(pack(method, input, options), options, () => makeEngine(method, undefined))

const isForCallback = (error: unknown): boolean =>
  isOfLibrary(error) || (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE'

export const createAsync =
  (method: Method, makeEngine: MakeEngine) =>
  (input: unknown, ...rest: unknown[]): void => {
    const [options, callback] = typeof rest[0] === 'function' ? [{}, rest[0]] : rest
    requireFunction(callback, 'callback')
    const settle = (...results: unknown[]) => surroundings.nextTick(callback, results)
    try {
      settle(
        null,
        answerOf(pack(method, input, options), options, () => makeEngine(method, undefined)),
      )
    } catch (error) {
      if (!isForCallback(error)) throw error
      settle(error)
    }
  }
