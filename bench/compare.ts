/** One comparison: its subjects are opened, measured in turn, and closed. */
import { type Figures, measure, type Rounds, type Subject } from './measure.ts'
import { openExecute } from './open-execute.ts'
import { openHttpExecute, openHttpNothing, openWorkerdFresh, openWorkerdShared } from './open-http.ts'
import { openContext, openEcho, openIsolatePerRun, openQuickJs, openWorkerPerRun } from './open-others.ts'

export interface Comparison {
  key: PlanKey
  title: string
  figures: Figures[]
}

export type PlanKey =
  | 'seed-spaced'
  | 'seed-no-gap'
  | 'seed-64'
  | 'worker'
  | 'http-spaced'
  | 'http-no-gap'
  | 'http-64'
  | 'large-spaced'
  | 'large-64'

interface Plan {
  key: PlanKey
  title: string
  rounds: Rounds
  open: (() => Promise<Subject> | Subject)[]
}

const http = [openHttpExecute, openHttpNothing, openWorkerdShared]
const limits = [openEcho, openContext]
const seed = [() => openExecute('seed'), ...limits, () => openIsolatePerRun('seed'), () => openQuickJs('seed')]
const large = [() => openExecute('large'), ...limits, () => openIsolatePerRun('large'), () => openQuickJs('large')]

/** Blocks are short, so that all subjects meet the same weather; the slow ones get fewer runs by having plans of their own. */
export const plans: readonly Plan[] = [
  {
    key: 'seed-spaced',
    title: 'Seed action, one at a time, 10 ms between runs',
    rounds: { warmUp: 2, counted: 15, runsPerBlock: 10, atOnce: 1, gapMs: 10 },
    open: seed,
  },
  {
    key: 'seed-no-gap',
    title: 'Seed action, one after the other without a gap',
    rounds: { warmUp: 2, counted: 20, runsPerBlock: 10, atOnce: 1 },
    open: seed,
  },
  {
    key: 'seed-64',
    title: 'Seed action, 64 at once',
    // Long enough for the tenant's second process to be there before anything counts.
    rounds: { warmUp: 8, counted: 8, runsPerBlock: 128, atOnce: 64 },
    open: seed,
  },
  {
    key: 'worker',
    title: 'Seed action against a new worker thread, one at a time',
    rounds: { warmUp: 1, counted: 8, runsPerBlock: 4, atOnce: 1 },
    open: [() => openExecute('seed'), () => openWorkerPerRun('seed')],
  },
  {
    key: 'http-spaced',
    title: 'Seed action over loopback HTTP, one at a time, 10 ms between requests',
    rounds: { warmUp: 2, counted: 15, runsPerBlock: 10, atOnce: 1, gapMs: 10 },
    open: [...http, openWorkerdFresh],
  },
  {
    key: 'http-no-gap',
    title: 'Seed action over loopback HTTP, one after the other without a gap',
    rounds: { warmUp: 2, counted: 20, runsPerBlock: 10, atOnce: 1 },
    open: [...http, openWorkerdFresh],
  },
  {
    key: 'http-64',
    title: 'Seed action over loopback HTTP, 64 at once',
    // Long enough for the tenant's second process to be there before anything counts.
    rounds: { warmUp: 8, counted: 8, runsPerBlock: 128, atOnce: 64 },
    open: http,
  },
  {
    key: 'large-spaced',
    title: 'Action with more than 1.5 MB of dependencies, one at a time, 200 ms between runs',
    rounds: { warmUp: 1, counted: 6, runsPerBlock: 4, atOnce: 1, gapMs: 200 },
    open: large,
  },
  {
    key: 'large-64',
    title: 'Action with more than 1.5 MB of dependencies, 64 at once',
    rounds: { warmUp: 0, counted: 1, runsPerBlock: 64, atOnce: 64 },
    open: [() => openExecute('large'), ...limits, () => openIsolatePerRun('large')],
  },
]

export const compare = async ({ key, title, rounds, open }: Plan): Promise<Comparison> => {
  const subjects: Subject[] = []
  try {
    for (const one of open) subjects.push(await one())
    return { key, title, figures: await measure(subjects, rounds) }
  } finally {
    for (const subject of subjects) await subject.close()
  }
}
