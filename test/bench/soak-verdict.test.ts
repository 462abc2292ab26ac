import { describe, expect, test } from 'vitest'
import type { Soak, SoakSample } from '../../bench/results.ts'
import { judgeSoak } from '../../bench/soak-verdict.ts'

const still: Omit<SoakSample, 'atS' | 'runs'> = {
  serverMb: 60,
  serverHeapMb: 16,
  childrenMb: 200,
  processes: 5,
  files: 38,
  timers: 60,
}

const soakOf = (sampleAt: (n: number) => Partial<SoakSample>, after: Partial<Soak['after']> = {}): Soak => ({
  runs: 1_000,
  versions: 10,
  tenants: 4,
  endings: {},
  processesByEnd: {},
  samples: Array.from({ length: 40 }, (_, n) => ({ ...still, atS: n, runs: n * 25, ...sampleAt(n) })),
  before: { processes: 0, files: 26, timers: 0 },
  after: { processes: 0, files: 26, timers: 0, ...after },
})

const grown = (soak: Soak) =>
  judgeSoak(soak)
    .rows.filter(({ flat }) => !flat)
    .map(({ name }) => name)

describe('the verdict on a soak', () => {
  test('figures that stay where they are, or warm up once, are flat', () => {
    const soak = soakOf((n) => ({ childrenMb: n < 10 ? 100 : 200 + (n % 3) }))
    expect(grown(soak)).toEqual([])
    expect(judgeSoak(soak).isFlat).toBe(true)
  })

  test('what grows from sample to sample is named', () => {
    const soak = soakOf((n) => ({ childrenMb: 200 + n * 5, files: 38 + n }))
    expect(grown(soak)).toEqual(['sandbox processes, MB', 'open files'])
    expect(judgeSoak(soak).isFlat).toBe(false)
  })

  test('what is left behind at the end is named', () => {
    expect(grown(soakOf(() => ({}), { processes: 1, files: 27 }))).toEqual([
      'processes after the end',
      'files after the end',
    ])
  })
})
