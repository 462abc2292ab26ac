/** Bodies as authors give them, and as they cross the bridge. */
import type { EgressBody } from '../../bridge/egress.ts'
import { fromBase64, toBase64 } from '../base64.ts'
import { bare, bufferLength, isView, Uint8ArrayClass } from '../primordials.ts'
import { byteLength } from '../utf8.ts'
import { decodeUtf8, encodeUtf8 } from '../utf8-bytes.ts'
import { URLSearchParams } from './url-search-params.ts'

/** Text stays text until somebody asks for bytes. */
export type Content = { text: string } | { bytes: Uint8Array<ArrayBuffer> }

const isBuffer = (value: unknown): value is ArrayBuffer => {
  try {
    bufferLength(value)
    return true
  } catch {
    return false
  }
}

/** A copy of the bytes of a buffer or of a view on one; `undefined` for anything else. */
export const copyBytes = (value: unknown): Uint8Array<ArrayBuffer> | undefined => {
  if (isView(value)) {
    const { buffer, byteOffset, byteLength } = value
    return new Uint8ArrayClass(new Uint8ArrayClass(buffer, byteOffset, byteLength))
  }
  return isBuffer(value) ? new Uint8ArrayClass(new Uint8ArrayClass(value)) : undefined
}

/** What is neither bytes nor text is made text, as `fetch` does. */
export const readContent = (value: unknown): { content: Content; type?: string } => {
  if (value instanceof URLSearchParams)
    return { content: { text: `${value}` }, type: 'application/x-www-form-urlencoded;charset=UTF-8' }
  const bytes = copyBytes(value)
  return bytes === undefined
    ? { content: { text: `${value}` }, type: 'text/plain;charset=UTF-8' }
    : { content: { bytes } }
}

export const sizeOf = (content: Content): number =>
  'text' in content ? byteLength(content.text) : content.bytes.length

export const textOf = (content: Content): string => ('text' in content ? content.text : decodeUtf8(content.bytes))

/** A copy: authors may change it. */
export const bytesOf = (content: Content): Uint8Array<ArrayBuffer> =>
  'text' in content ? encodeUtf8(content.text) : new Uint8ArrayClass(content.bytes)

export const toEgressBody = (content: Content): EgressBody =>
  bare('text' in content ? { text: content.text } : { base64: toBase64(content.bytes) })

export const fromEgressBody = (body: EgressBody): Content =>
  'text' in body ? { text: body.text } : { bytes: fromBase64(body.base64) }
