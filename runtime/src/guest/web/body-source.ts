/** Bodies as authors give them, and as they cross the bridge. */
import type { EgressBody } from '../../bridge/egress.ts'
import { fromBase64, toBase64 } from '../base64.ts'
import { bare, Uint8ArrayClass } from '../primordials.ts'
import { byteLength } from '../utf8.ts'
import { decodeUtf8, encodeUtf8 } from '../utf8-bytes.ts'
import { copyBytes } from './bytes.ts'
import { late } from './late.ts'

type Bytes = Uint8Array<ArrayBuffer>

/** Text stays text until somebody asks for bytes. */
export type Whole = { text: string } | { bytes: Bytes }

/** A web stream, or what Node's streams have in common with it: its chunks are not here yet. */
export type Chunks = AsyncIterable<unknown> & { locked?: boolean }

export type Content = Whole | { chunks: Chunks }

interface Source {
  content: Content
  type?: string
}

const textSource = (value: unknown): Source => ({ content: { text: `${value}` }, type: 'text/plain;charset=UTF-8' })

/** A part that was never made has made no value. */
const fileSource = (value: object): Source | undefined => {
  const files = late('files').made
  if (files?.isBlob(value)) {
    const source: Source = { content: { bytes: files.blobBytes(value) } }
    return value.type === '' ? source : { ...source, type: value.type }
  }
  if (!files?.isFormData(value)) return undefined
  const { bytes, type } = files.writeMultipart(value)
  return { content: { bytes }, type }
}

const isChunks = (value: object): value is Chunks =>
  typeof (value as Partial<Chunks>)[Symbol.asyncIterator] === 'function'

const requireUnread = (chunks: Chunks): Chunks => {
  if (chunks.locked || late('streams').made?.isDisturbed(chunks))
    throw new TypeError('Response body object should not be disturbed or locked')
  return chunks
}

/** What is neither bytes nor text nor a stream is made text, as `fetch` does. */
export const readContent = (value: unknown): Source => {
  if (typeof value !== 'object' || value === null) return textSource(value)
  const bytes = copyBytes(value)
  if (bytes !== undefined) return { content: { bytes } }
  if (value instanceof (late('urls').made?.URLSearchParams ?? Never))
    return { content: { text: `${value}` }, type: 'application/x-www-form-urlencoded;charset=UTF-8' }
  const source = fileSource(value)
  if (source !== undefined) return source
  return isChunks(value) ? { content: { chunks: requireUnread(value) } } : textSource(value)
}

class Never {}

/** Text is for streams of Node only, whose iteration gives it. */
const bytesOfChunk = (chunk: unknown, chunks: Chunks): Bytes => {
  const isText = typeof chunk === 'string' && !('getReader' in chunks)
  const bytes = isText ? encodeUtf8(chunk) : copyBytes(chunk)
  if (bytes === undefined || !(isText || chunk instanceof Uint8Array))
    throw new TypeError('Received non-Uint8Array chunk')
  return bytes
}

/** Waits for what is not here yet. Throws what the stream ends with. */
export const collect = async (content: Content): Promise<Whole> => {
  if (!('chunks' in content)) return content
  const parts: Bytes[] = []
  for await (const chunk of content.chunks) parts.push(bytesOfChunk(chunk, content.chunks))
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let used = 0
  for (const part of parts) {
    bytes.set(part, used)
    used += part.length
  }
  return { bytes }
}

export const sizeOf = (content: Whole): number => ('text' in content ? byteLength(content.text) : content.bytes.length)

export const textOf = (content: Whole): string => ('text' in content ? content.text : decodeUtf8(content.bytes))

/** A copy: authors may change it. */
export const bytesOf = (content: Whole): Bytes =>
  'text' in content ? encodeUtf8(content.text) : new Uint8ArrayClass(content.bytes)

export const toEgressBody = (content: Whole): EgressBody =>
  bare('text' in content ? { text: content.text } : { base64: toBase64(content.bytes) })

export const fromEgressBody = (body: EgressBody): Whole =>
  'text' in body ? { text: body.text } : { bytes: fromBase64(body.base64) }
