/** What the project has set itself, against what was measured last. Ratios only: they hold beyond one machine. */
import type { PlanKey } from '../compare.ts'
import type { Results } from '../results.ts'
import { judgeSoak } from '../soak-verdict.ts'
import { toFigure, toTable } from './table.ts'

export type Measured = { [Name in keyof Results]?: Results[Name] | undefined }

interface Aim {
  aim: string
  bound: ['at most' | 'at least', number]
  measured: number | undefined
}

export const toAimsSection = (measured: Measured): string[] => [
  '## Aims',
  '',
  ...toTable(['aim', 'bound', 'measured', 'reached'], aimsOf(measured).map(toRow)),
]

const toRow = ({ aim, bound: [side, bound], measured }: Aim): string[] => {
  const isReached = measured !== undefined && (side === 'at most' ? measured <= bound : measured >= bound)
  const verdict = measured === undefined ? '–' : isReached ? 'yes' : '**no**'
  return [aim, `${side} ${toFigure(bound)}`, toFigure(measured), verdict]
}

const aimsOf = ({ comparisons, growth, faults, soak, environment }: Measured): Aim[] => [
  ...speedAims((plan, key) =>
    comparisons?.comparisons.find((one) => one.key === plan)?.figures.find((line) => line.key === key),
  ),
  ...environmentAims(environment),
  ...growthAims(growth),
  ...faultAims(faults),
  {
    aim: 'Soak: figures of memory, files, timers and processes that grow',
    bound: ['at most', 0],
    measured: soak && judgeSoak(soak).rows.filter(({ flat }) => !flat).length,
  },
]

type Find = (plan: PlanKey, key: string) => { p50: number; cpuMsPerRun: number } | undefined

const speedAims = (find: Find): Aim[] => {
  const p50 = (plan: PlanKey, ours: string, theirs: string) => divide(find(plan, ours)?.p50, find(plan, theirs)?.p50)
  const cpu = (plan: PlanKey) => divide(find(plan, 'execute')?.cpuMsPerRun, find(plan, 'context')?.cpuMsPerRun)
  const spaced = 'one at a time, 10 ms apart'
  return [
    {
      aim: `Seed action, ${spaced}: p50 by that of the bare echo`,
      bound: ['at most', 1.6],
      measured: p50('seed-spaced', 'execute', 'echo'),
    },
    {
      aim: 'The same without a gap',
      bound: ['at most', 1.6],
      measured: p50('seed-no-gap', 'execute', 'echo'),
    },
    {
      aim: `Seed action, ${spaced}: p50 by that of QuickJS`,
      bound: ['at most', 0.6],
      measured: p50('seed-spaced', 'execute', 'quickjs'),
    },
    {
      aim: 'The same without a gap',
      bound: ['at most', 0.6],
      measured: p50('seed-no-gap', 'execute', 'quickjs'),
    },
    {
      aim: 'Seed action, one at a time: p50 by that of a new worker thread',
      bound: ['at most', 0.01],
      measured: p50('worker', 'execute', 'worker'),
    },
    {
      aim: `Over HTTP, ${spaced}: p50 by that of workerd, warm and shared`,
      bound: ['at most', 1],
      measured: p50('http-spaced', 'http-execute', 'workerd-shared'),
    },
    {
      aim: 'The same without a gap',
      bound: ['at most', 1],
      measured: p50('http-no-gap', 'http-execute', 'workerd-shared'),
    },
    {
      aim: 'Seed action, 64 at once: processor time by that of one `vm.createContext()`',
      bound: ['at most', 1.5],
      measured: cpu('seed-64'),
    },
    {
      aim: 'Seed action, 64 at once: runs per second and core by what that floor allows',
      bound: ['at least', 0.6],
      measured: divide(1, cpu('seed-64')),
    },
    {
      aim: 'Action of 1.5 MB, 200 ms apart: p50 by that of a new isolate per run',
      bound: ['at most', 0.02],
      measured: p50('large-spaced', 'execute', 'isolate'),
    },
  ]
}

/** Of packages by their name and major, made ahead: what most of their runs take. */
const environmentAims = (environment: Results['environment'] | undefined): Aim[] => {
  const [seed] = environment?.packages ?? []
  return ['auth0 4', 'axios 1'].map((name) => ({
    aim: `Action with ${name}, context made ahead: p50 by that of the seed action`,
    bound: ['at most', 3],
    measured: divide(environment?.packages.find((row) => row.name.startsWith(`${name}.`))?.aheadP50, seed?.aheadP50),
  }))
}

const growthAims = (growth: Results['growth'] | undefined): Aim[] => {
  const [alone, ...others] = growth?.steps ?? []
  const worst = (ratios: readonly (number | undefined)[]) =>
    ratios.length > 0 ? Math.max(...ratios.map((ratio) => ratio ?? Number.NaN)) : undefined
  return [
    {
      aim: 'Growth to 10,000 tenants: highest memory of the sandbox processes by their budget',
      bound: ['at most', 1],
      measured: worst(others.map(({ sandboxMb }) => divide(sandboxMb.highest, growth?.budgetMb))),
    },
    {
      aim: 'Growth: p50 of the ten busiest tenants by that of a single tenant, at its worst',
      bound: ['at most', 1.5],
      measured: worst(others.map(({ hotP50 }) => divide(hotP50, alone?.hotP50))),
    },
    {
      aim: 'Growth: p50 of the first run of a cold tenant by that of a hot one, at its worst',
      bound: ['at most', 30],
      measured: worst(others.map(({ coldP50, hotP50 }) => divide(coldP50, hotP50))),
    },
  ]
}

const faultAims = (faults: Results['faults'] | undefined): Aim[] => {
  const highest = (figures: readonly number[] | undefined) => figures && Math.max(...figures)
  const quietOnly = faults?.overstays.filter(({ load }) => load === 'quiet')
  return [
    {
      aim: 'Beside a tenant that loses its process every time: p95 of the worst neighbour by its quiet one',
      bound: ['at most', 3],
      measured: highest(faults?.attacks.map(({ worstRatio }) => worstRatio)),
    },
    {
      aim: 'The same without the wait in the handlers',
      bound: ['at most', 3],
      measured: highest(faults?.attacks.map(({ worstRatioBeyondWait }) => worstRatioBeyondWait)),
    },
    {
      aim: 'Beside it: failed runs of others',
      bound: ['at most', 0],
      measured: highest(faults?.attacks.map(({ failuresOfOthers }) => failuresOfOthers)),
    },
    {
      aim: 'From a deadline until the process is gone, quiet machine, highest (ms)',
      bound: ['at most', 300],
      measured: highest(quietOnly?.map((row) => row.highest)),
    },
    {
      aim: 'The same on a busy machine',
      bound: ['at most', 300],
      measured: highest(faults?.overstays.map((row) => row.highest)),
    },
  ]
}

const divide = (one: number | undefined, other: number | undefined): number | undefined =>
  one === undefined || other === undefined ? undefined : one / other
