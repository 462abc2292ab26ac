/**
 * Compression, all at once. What a few bytes unpack to is bounded by what may go back to the guest; the slowest levels are
 * bounded by what is packed, and the windows that a stream may ask for by memory.
 */
import zlib, { constants } from 'node:zlib'
import { atMost, bytesIn, largestResultBytes, optionsOf, refuseCost } from './cost.ts'
import type { Operation, Operations } from './operation.ts'

const methods = {
  deflate: zlib.deflateSync,
  inflate: zlib.inflateSync,
  gzip: zlib.gzipSync,
  gunzip: zlib.gunzipSync,
  deflateRaw: zlib.deflateRawSync,
  inflateRaw: zlib.inflateRawSync,
  unzip: zlib.unzipSync,
  brotliCompress: zlib.brotliCompressSync,
  brotliDecompress: zlib.brotliDecompressSync,
  zstdCompress: zlib.zstdCompressSync,
  zstdDecompress: zlib.zstdDecompressSync,
} as const

type Method = keyof typeof methods

/** Quality 11, which is Brotli's own default, packs 0.2 MB in a second; 9 packs 7 MB. */
const slowBrotliBytes = 131_072
const lastQuickQuality = 9

const checkBrotli = (input: unknown, params: Record<string, unknown>): void => {
  const quality = params[constants.BROTLI_PARAM_QUALITY] ?? constants.BROTLI_DEFAULT_QUALITY
  if (!(Number(quality) <= lastQuickQuality))
    atMost(bytesIn(input), slowBrotliBytes, `What Brotli packs with a quality above ${lastQuickQuality}, in bytes,`)
  if (params[constants.BROTLI_PARAM_LARGE_WINDOW]) refuseWindow()
}

const refuseWindow = () => refuseCost("Brotli's large windows are not available.")

/** Level 12 with the strategies behind it takes many times as long. */
const slowestZstdStrategy = constants.ZSTD_btlazy2
const quickestZstd = 12
const largestZstdWindow = 23
const zstdParams: readonly number[] = [
  constants.ZSTD_c_compressionLevel,
  constants.ZSTD_c_windowLog,
  constants.ZSTD_c_contentSizeFlag,
  constants.ZSTD_c_checksumFlag,
  constants.ZSTD_c_dictIDFlag,
  constants.ZSTD_c_strategy,
]

const checkZstd = (params: Record<string, unknown>): void => {
  for (const [name, value] of Object.entries(params)) {
    if (!zstdParams.includes(Number(name)) && Number.isInteger(Number(name)))
      refuseCost(`The parameter ${name} of Zstandard is not available.`)
    if (Number(name) === constants.ZSTD_c_compressionLevel) atMost(value, quickestZstd, "Zstandard's level")
    if (Number(name) === constants.ZSTD_c_strategy) atMost(value, slowestZstdStrategy, "Zstandard's strategy")
    if (Number(name) === constants.ZSTD_c_windowLog) atMost(value, largestZstdWindow, "Zstandard's windowLog")
  }
}

/** Frames of the levels up to 19 need no more. */
const largestWindow = { [constants.ZSTD_d_windowLogMax]: largestZstdWindow }

const largestChunkBytes = 1_048_576

const check = (method: Method, input: unknown, params: Record<string, unknown>): void => {
  if (method === 'brotliCompress') checkBrotli(input, params)
  if (method === 'brotliDecompress' && params[constants.BROTLI_DECODER_PARAM_LARGE_WINDOW]) refuseWindow()
  if (method === 'zstdCompress') checkZstd(params)
}

/** By what Node makes of their names: `06` is 6 too. */
const byNumber = (params: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [String(Number(name)), value]))

/** Node takes NaN for no bound at all. */
const atMostResult = (length: number): number =>
  Number.isNaN(length) ? largestResultBytes : Math.min(length, largestResultBytes)

const bounded = (method: Method, input: unknown, given: unknown): Record<string, unknown> => {
  const options = optionsOf(given)
  check(method, input, byNumber(optionsOf(options.params)))
  atMost(options.chunkSize, largestChunkBytes, '"chunkSize"')
  const { maxOutputLength = largestResultBytes } = options
  return {
    ...options,
    ...(method === 'zstdDecompress' && { params: largestWindow }),
    maxOutputLength: typeof maxOutputLength === 'number' ? atMostResult(maxOutputLength) : maxOutputLength,
    info: true,
  }
}

const run: Operation = ([name, input, options]) => {
  if (!Object.hasOwn(methods, String(name))) throw new TypeError('There is no such method.')
  const method = name as Method
  const answer = methods[method](input as never, bounded(method, input, options) as never) as unknown
  const { buffer, engine } = answer as { buffer: Buffer; engine: { bytesWritten: number } }
  return { buffer, bytesWritten: engine.bytesWritten }
}

export const compression: Operations = {
  zlib: run,
  crc32: ([input, value]) => zlib.crc32(input as never, value as never),
}
