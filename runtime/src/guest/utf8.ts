import { charCodeAt, slice } from './primordials.ts'

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff
const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff

/** Bytes of the character that begins at `index`; half of a pair counts as U+FFFD, three bytes. */
const bytesAt = (text: string, index: number): 1 | 2 | 3 | 4 => {
  const unit = charCodeAt(text, index)
  if (unit < 0x80) return 1
  if (unit < 0x800) return 2
  const paired = isHighSurrogate(unit) && isLowSurrogate(charCodeAt(text, index + 1))
  return paired ? 4 : 3
}

/** Index after the last whole character that fits into `bytes`, and the bytes up to there. */
const measure = (text: string, bytes: number): { end: number; used: number } => {
  let used = 0
  let end = 0
  while (end < text.length) {
    const size = bytesAt(text, end)
    if (used + size > bytes) break
    used += size
    end += size === 4 ? 2 : 1
  }
  return { end, used }
}

/** Length in UTF-8. */
export const byteLength = (text: string): number => measure(text, Number.POSITIVE_INFINITY).used

/** The longest beginning of `text` that takes at most `bytes` in UTF-8, never half a character. */
export const cutToBytes = (text: string, bytes: number): string => slice(text, 0, measure(text, bytes).end)
