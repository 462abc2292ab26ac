/** As much of DER as the checks of key material need: where an element's contents begin and end. */

export interface Element {
  tag: number
  contents: Buffer
}

/** The elements that `bytes` consist of; `undefined` where they are not DER. */
export const readElements = (bytes: Buffer): Element[] | undefined => {
  const elements: Element[] = []
  for (let at = 0; at < bytes.length; ) {
    const header = readHeader(bytes, at)
    if (!header || header.end > bytes.length) return undefined
    elements.push({ tag: header.tag, contents: bytes.subarray(header.start, header.end) })
    at = header.end
  }
  return elements
}

const readHeader = (bytes: Buffer, at: number) => {
  const tag = bytes[at]
  const short = bytes[at + 1]
  if (tag === undefined || short === undefined) return undefined
  if (short < 0x80) return { tag, start: at + 2, end: at + 2 + short }
  const size = short & 0x7f
  const start = at + 2 + size
  if (size === 0 || size > 4 || start > bytes.length) return undefined
  return { tag, start, end: start + bytes.readUIntBE(at + 2, size) }
}

export const tags = { integer: 0x02, bitString: 0x03, octetString: 0x04, objectIdentifier: 0x06, sequence: 0x30 }
const constructed = 0x20

/** Length in bytes of the longest INTEGER in `bytes`, looked for in strings too: keys are wrapped in them. */
export const longestInteger = (bytes: Buffer): number => {
  const lengths = (readElements(bytes) ?? []).map(({ tag, contents }) => {
    if (tag === tags.integer) return contents.length
    if (tag === tags.octetString) return longestInteger(contents)
    if (tag === tags.bitString) return longestInteger(contents.subarray(1))
    return (tag & constructed) !== 0 ? longestInteger(contents) : 0
  })
  return Math.max(0, ...lengths)
}
