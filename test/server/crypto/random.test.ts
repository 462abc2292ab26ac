import { describe, expect, test } from 'vitest'
import { systemRandom } from '../../../server/src/crypto/random.ts'

/** How far the counts are from equal; for a fair draw about the number of symbols. */
const chiSquared = (text: string, symbols: number): number => {
  const counts = new Map<string, number>()
  for (const symbol of text) counts.set(symbol, (counts.get(symbol) ?? 0) + 1)
  const expected = text.length / symbols
  return [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

describe('random', () => {
  test('each has its length and its alphabet', () => {
    expect(systemRandom.digits(6)).toMatch(/^\d{6}$/)
    expect(systemRandom.base62(32)).toMatch(/^[0-9A-Za-z]{32}$/)
    expect(systemRandom.token(32)).toMatch(/^[\w-]{43}$/)
    expect(systemRandom.uuid()).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
  })

  test('no digit or letter is favoured', () => {
    // A remainder of a byte would give 8 of 62 letters a quarter more: about 800 here, where 200 has a chance of 1e-16.
    expect(chiSquared(systemRandom.base62(100_000), 62)).toBeLessThan(200)
    expect(chiSquared(systemRandom.digits(100_000), 10)).toBeLessThan(100)
  })

  test('nothing is drawn twice', () => {
    expect(new Set(Array.from({ length: 10_000 }, () => systemRandom.base62(16))).size).toBe(10_000)
  })
})
