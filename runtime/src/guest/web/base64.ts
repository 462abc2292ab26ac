/** V8's own conversion, looked up when it is used: while a snapshot is made, V8 does not have it yet. */
import { apply } from '../primordials.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Conversion = { fromBase64(text: string): Bytes; prototype: { toBase64(this: Bytes): string } }

const conversion = Uint8Array as unknown as Conversion

export const fromBase64 = (text: string): Bytes => conversion.fromBase64(text)
export const toBase64 = (bytes: Bytes): string => apply(conversion.prototype.toBase64, bytes, [])
