/** What the guest's own code adds to each run and each isolate, and what the first use of its parts takes. In this process. */
import { buildGuest } from '../runtime/src/bundle/build-guest.ts'
import { wrapModule } from '../runtime/src/bundle/module-wrapper.ts'
import { createGuestSnapshots, type GuestSnapshots } from '../runtime/src/isolate/guest-snapshots.ts'
import { createIsolate } from '../runtime/src/isolate/isolate.ts'
import type { Run, RunEnd } from '../runtime/src/isolate/run.ts'
import { buildBareGuest } from './bare-guest.ts'
import { measure, type Rounds, type Subject } from './measure.ts'
import { benchLimits } from './open-runtime.ts'
import type { PreludeFigures, Use } from './results.ts'
import { event } from './seed-action.ts'

const rounds: Rounds = { warmUp: 3, counted: 15, runsPerBlock: 10, atOnce: 1, gapMs: 1 }

interface OpenIsolate extends Subject {
  /** Of the isolate after its first run, in bytes: later there is garbage of runs before. */
  heapBytes(): number
}

const openIsolate = (guest: GuestSnapshots, key: string, body: string): OpenIsolate => {
  const code = wrapModule(`exports.onExecutePostChallenge = async (event, api) => { ${body} }`)
  const isolate = createIsolate({ guest, module: { hash: key, code, fileName: 'action.js' }, heapMb: 128 })
  let heapBytes = 0
  const run: Run = {
    ...{ event, cache: {}, limits: benchLimits, wallLeftMs: 10_000, contention: 4 },
    handler: 'onExecutePostChallenge',
  }
  const network = { send: () => {}, abandon: () => {} }
  return {
    ...{ key, name: key, pids: () => [], heapBytes: () => heapBytes },
    runOnce: async () => {
      const end = await new Promise<RunEnd>((ended) => {
        isolate.invoke({ run, network, entering: () => {}, ended })
      })
      if (end.ending !== 'completed') throw new Error(`${key} ended with ${end.ending}: ${end.error?.message}`)
      heapBytes ||= end.heapBytes
    },
    close: async () => isolate.dispose(),
  }
}

/** Parts of the environment, by an action that uses no other. */
const uses: Readonly<Record<string, string>> = {
  'console.log of an object': `console.log({ a: [1] })`,
  'new URL': `new URL('https://a.example/')`,
  'Buffer.from': `Buffer.from('a').toString('base64url')`,
  "require('util')": `require("util")`,
  "require('events')": `require("events")`,
  "require('stream')": `require("stream")`,
  "require('crypto'), one HMAC": `require("crypto").createHmac('sha256', 'k').update('a').digest('hex')`,
  'crypto.randomUUID': `crypto.randomUUID()`,
  "require('zlib')": `require("zlib")`,
  "require('http')": `require("http")`,
}

const measurePrelude = async (whole: GuestSnapshots): Promise<PreludeFigures> => {
  const bare = createGuestSnapshots(await buildBareGuest())
  const subjects = [openIsolate(bare, 'bare', ''), openIsolate(whole, 'whole', '')]
  const figures = await measure(subjects, rounds)
  const [one, other] = subjects.map((subject, index) => {
    const { prelude, silent } = index === 0 ? bare : whole
    const { p50 = Number.NaN, cpuMsPerRun = Number.NaN } = figures[index] ?? {}
    const sizes = { scriptBytes: prelude.length, snapshotBytes: silent.copy().byteLength }
    return { ...sizes, heapBytes: subject.heapBytes(), p50, cpuMsPerRun }
  })
  for (const subject of subjects) await subject.close()
  if (!one || !other) throw new Error('Nothing was measured.')
  return { bare: one, whole: other }
}

const measureUses = async (whole: GuestSnapshots): Promise<Use[]> => {
  const entries = [['nothing', ''], ...Object.entries(uses)] as const
  const subjects = entries.map(([name, body]) => openIsolate(whole, name, body))
  const figures = await measure(subjects, { ...rounds, counted: 10 })
  const measured = figures.map(({ name, p50, cpuMsPerRun }, index) => {
    return { name, p50, cpuMsPerRun, heapBytes: subjects[index]?.heapBytes() ?? Number.NaN }
  })
  for (const subject of subjects) await subject.close()
  return measured
}

export const measureGuest = async (): Promise<{ prelude: PreludeFigures; uses: Use[] }> => {
  const whole = createGuestSnapshots(await buildGuest())
  return { prelude: await measurePrelude(whole), uses: await measureUses(whole) }
}
