/**
 * V8's own conversion, looked up when a run begins, before author code: while a snapshot is made, V8 does not have it yet.
 */
import { uncurry } from '../primordials.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Conversion = { fromBase64(text: string): Bytes; prototype: { toBase64(this: Bytes): string } }

export let fromBase64: (text: string) => Bytes
export let toBase64: (bytes: Bytes) => string

export const bindBase64 = (): void => {
  const conversion = Uint8Array as unknown as Conversion
  const { fromBase64: decode } = conversion
  fromBase64 = (text) => decode(text)
  toBase64 = uncurry(conversion.prototype.toBase64)
}
