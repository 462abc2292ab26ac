import { sibling } from './siblings.ts'

/** What Node's other modules need of `Buffer`. */
export interface Bytes extends Uint8Array {
  toString(encoding?: string): string
}

export interface BytesClass {
  new (): Bytes
  from(value: string | ArrayLike<number>, encoding?: string): Bytes
  from(buffer: ArrayBufferLike, offset: number, length: number): Bytes
  alloc(size: number): Bytes
  concat(list: readonly Uint8Array[]): Bytes
}

/** The one `Buffer` of this context. */
export const bytesClass = (): BytesClass => (sibling('buffer') as { Buffer: BytesClass }).Buffer
