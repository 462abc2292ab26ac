/** Node's `stream/consumers`: all of a stream, in the form that is asked for. */
import { type Bytes, bytesClass } from './bytes-class.ts'

type Chunks = AsyncIterable<Uint8Array | string>

const collect = async (stream: Chunks): Promise<Bytes> => {
  const Bytes = bytesClass()
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(typeof chunk === 'string' ? Bytes.from(chunk) : new Uint8Array(chunk))
  return Bytes.concat(chunks)
}

const read = async (stream: Chunks): Promise<string> => (await collect(stream)).toString('utf8')

type BlobClass = new (parts: readonly Uint8Array[]) => object

export const exported = {
  async arrayBuffer(stream: Chunks) {
    const bytes = await collect(stream)
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  },
  async blob(stream: Chunks) {
    const { Blob } = globalThis as unknown as { Blob: BlobClass }
    return new Blob([await collect(stream)])
  },
  async buffer(stream: Chunks) {
    return collect(stream)
  },
  async bytes(stream: Chunks) {
    return new Uint8Array(await collect(stream))
  },
  async text(stream: Chunks) {
    return read(stream)
  },
  async json(stream: Chunks) {
    return JSON.parse(await read(stream))
  },
}
