/** Draws that are the same in every run of a benchmark. */

/** Mulberry32: enough for drawing lots, in one line of state. Answers numbers from 0 up to 1. */
export const createRandom = (seed: number): (() => number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Zipf's law with exponent 1: rank n (from 0) is drawn 1/(n + 1) as often as rank 0. */
export const createZipf = (ranks: number, random: () => number): (() => number) => {
  let total = 0
  const upTo = Array.from({ length: ranks }, (_, rank) => {
    total += 1 / (rank + 1)
    return total
  })
  return () => {
    const drawn = random() * total
    return upTo.findIndex((share) => drawn < share)
  }
}
