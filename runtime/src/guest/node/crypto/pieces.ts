/** What was given to `update`, in order: it crosses when the result is asked for. */
import { bytesOf, Crossing, compute, cross } from '../native.ts'

export type Piece = readonly [piece: unknown, encoding?: unknown]

const isPlainText = (encoding: unknown): boolean => encoding === undefined || encoding === 'utf8'

/** Bytes are copied, for their owner may change them. What is neither text nor bytes is refused in Node's words. */
export const pieceOf = (given: unknown, encoding: unknown): Piece => {
  if (ArrayBuffer.isView(given)) return [new Crossing(cross(bytesOf(given)))]
  if (typeof given === 'string' && isPlainText(encoding)) return [given]
  compute('createHash', 'sha1', undefined, [[given, encoding]], [])
  return [given, encoding]
}
