import { EgressError } from '@interlock/runtime'

/** The whole body, counted as it comes out of decompression: what is beyond `maximumBytes` is never held. */
export const readBody = async (stream: AsyncIterable<Uint8Array> | null, maximumBytes: number): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stream ?? []) {
    length += chunk.byteLength
    if (length > maximumBytes) {
      throw new EgressError(
        'ERR_EGRESS_BYTES',
        `The response has more than ${maximumBytes} bytes (limit "egressBytes", reached: ${length} bytes).`,
      )
    }
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
