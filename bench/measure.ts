/**
 * Measures the subjects of one comparison in short blocks, in turn, so that whatever else the machine does meets all of
 * them alike. Processor time is that of this process and the subject's children, over whole blocks: what a subject does
 * after it has answered, such as preparing the next run, is counted too.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { cpuMs } from './cpu-time.ts'
import { percentile } from './percentile.ts'

export interface Subject {
  /** Short and stable: what a later look-up asks for. */
  key: string
  name: string
  runOnce(): Promise<unknown>
  /** Processes whose time counts besides this one. */
  pids(): Iterable<number>
  close(): Promise<void>
}

export interface Figures {
  key: string
  name: string
  runs: number
  p50: number
  p99: number
  cpuMsPerRun: number
}

export interface Rounds {
  /** Blocks that are not counted: code is compiled, isolates are made. */
  warmUp: number
  counted: number
  runsPerBlock: number
  /** Runs under way at the same time. */
  atOnce: number
  /** Between a run and the next: people do not reset their passwords back to back. */
  gapMs?: number
}

interface Samples {
  times: number[]
  cpuMs: number
}

/** Milliseconds per run as the caller sees them. */
export const measure = async (subjects: readonly Subject[], rounds: Rounds): Promise<Figures[]> => {
  const samples = subjects.map((): Samples => ({ times: [], cpuMs: 0 }))
  for (let round = 0; round < rounds.warmUp + rounds.counted; round++) {
    for (const [index, subject] of subjects.entries()) {
      const block = await measureBlock(subject, rounds)
      const kept = samples[index]
      if (round < rounds.warmUp || !kept) continue
      kept.times.push(...block.times)
      kept.cpuMs += block.cpuMs
    }
  }
  return subjects.map((subject, index) => toFigures(subject, samples[index] ?? { times: [], cpuMs: 0 }))
}

const measureBlock = async (subject: Subject, { runsPerBlock, atOnce, gapMs = 0 }: Rounds): Promise<Samples> => {
  const times: number[] = []
  const cpuBefore = cpuMs(subject.pids())
  let left = runsPerBlock
  const runSome = async () => {
    while (left > 0) {
      left -= 1
      const startedAt = performance.now()
      await subject.runOnce()
      times.push(performance.now() - startedAt)
      if (gapMs > 0) await pause(gapMs)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, runSome))
  await pause(settleMs)
  return { times, cpuMs: cpuMs(subject.pids()) - cpuBefore }
}

const toFigures = ({ key, name }: Subject, { times, cpuMs: total }: Samples): Figures => ({
  key,
  name,
  runs: times.length,
  p50: percentile(times, 0.5),
  p99: percentile(times, 0.99),
  cpuMsPerRun: total / times.length,
})

/** The next context is made after the answer, and belongs to the same block. */
const settleMs = 15
