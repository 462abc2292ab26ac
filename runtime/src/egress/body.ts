/** Bodies between bytes and the form in which they cross the bridge. */
import { isUtf8 } from 'node:buffer'
import type { EgressBody } from '../bridge/egress.ts'

export const toBytes = (body: EgressBody): Uint8Array =>
  'text' in body ? Buffer.from(body.text) : Buffer.from(body.base64, 'base64')

export const toBody = (bytes: Uint8Array): EgressBody => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return isUtf8(buffer) ? { text: buffer.toString() } : { base64: buffer.toString('base64') }
}
