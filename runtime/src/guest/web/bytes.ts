import { bufferLength, isView, Uint8ArrayClass } from '../primordials.ts'

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
  if (typeof value !== 'object' || value === null) return undefined
  if (isView(value)) {
    const { buffer, byteOffset, byteLength } = value
    return new Uint8ArrayClass(new Uint8ArrayClass(buffer, byteOffset, byteLength))
  }
  return isBuffer(value) ? new Uint8ArrayClass(new Uint8ArrayClass(value)) : undefined
}
