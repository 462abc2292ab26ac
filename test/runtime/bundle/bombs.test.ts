/** Sources made to exhaust the compiler. Each is refused in time, and the next build works. */
import { afterEach, expect, test } from 'vitest'
import { artifactOf, build, errorsOf, limits } from './build-action.ts'

const quick = { limits: { ...limits, buildMs: 1_000 }, language: 'typescript' } as const

const doubling = (levels: number) =>
  `enum A { b0 = 'aaaaaaaaaaaaaaaa', ${Array.from({ length: levels }, (_, n) => `b${n + 1} = b${n} + b${n}`).join(', ')} }`

const bombs: [title: string, source: string, text: RegExp][] = [
  ['arrow functions that double the work', `let x = ${'a?(b):c=>'.repeat(60)}`, /limit "(buildMs|buildMb)"/],
  ['an enum that doubles its text to gigabytes', doubling(34), /limit "(buildMs|buildMb)"/],
  [
    'indentation that grows by the square',
    `${'{'.repeat(20_000)}a${'}'.repeat(20_000)}`,
    /limit "(artifactBytes|buildMs|buildMb)"/,
  ],
]

afterEach(async () => {
  expect((await artifactOf('exports.after = 1')).code).toContain('after')
})

test.each(bombs)('%s', async (_, source, text) => {
  const [error] = await errorsOf(source, quick)
  expect(error?.text).toMatch(text)
})

test('output beyond the limit ends the compiler before it is kept', async () => {
  const [error] = await errorsOf(doubling(12), { limits: { ...limits, artifactBytes: 16_384 }, language: 'typescript' })
  expect(error?.text).toMatch(/limit "artifactBytes"/)
})

test('brackets without end are an answer like any other', async () => {
  expect((await build('['.repeat(100_000), quick)).ok).toBe(false)
})

test('twenty hostile builds at once all end', async () => {
  const results = await Promise.all(
    Array.from({ length: 20 }, () => build(bombs[0]![1], { ...quick, limits: { ...limits, buildMs: 500 } })),
  )
  expect(results.every(({ ok }) => !ok)).toBe(true)
})
