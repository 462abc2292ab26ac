/** Whether what was sampled during a soak grows. */
import { percentile } from './percentile.ts'
import type { Soak, SoakSample } from './results.ts'

interface Row {
  name: string
  early: number
  late: number
  flat: boolean
}

interface Measure {
  name: string
  of: (sample: SoakSample) => number
  /** What counts as weather, besides a tenth of the early figure. */
  slack: number
}

const measures: readonly Measure[] = [
  { name: 'server, MB', of: ({ serverMb }) => serverMb, slack: 8 },
  { name: "server's heap after a collection, MB", of: ({ serverHeapMb }) => serverHeapMb, slack: 4 },
  { name: 'sandbox processes, MB', of: ({ childrenMb }) => childrenMb, slack: 8 },
  { name: 'sandbox processes', of: ({ processes }) => processes, slack: 2 },
  { name: 'open files', of: ({ files }) => files, slack: 4 },
  { name: 'timers', of: ({ timers }) => timers, slack: 8 },
]

const rule =
  'The rule: the median of the last quarter of the samples is above that of the second quarter (the first one warms up) by no ' +
  'more than a tenth and a small constant (8 MB, 4 MB of heap, 2 processes, 4 files, 8 timers), and no process, file or timer is left when the runtime is closed.'

export const judgeSoak = ({ samples, before, after }: Soak): { rule: string; rows: Row[]; isFlat: boolean } => {
  const quarter = Math.floor(samples.length / 4)
  const rows = measures.map(({ name, of, slack }): Row => {
    const early = median(samples.slice(quarter, 2 * quarter).map(of))
    const late = median(samples.slice(-quarter).map(of))
    return { name, early, late, flat: late <= early * 1.1 + slack }
  })
  const left = (['processes', 'files', 'timers'] as const).map(
    (name): Row => ({
      name: `${name} after the end`,
      early: before[name],
      late: after[name],
      flat: after[name] <= before[name],
    }),
  )
  const all = [...rows, ...left]
  return { rule, rows: all, isFlat: all.every(({ flat }) => flat) }
}

const median = (values: readonly number[]): number => percentile(values, 0.5)
