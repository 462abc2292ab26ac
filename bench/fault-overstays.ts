/** How long a sandbox process is still there after a deadline of its run, on a quiet machine and on a busy one. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { overstaying, sourceOf } from './fault-attacks.ts'
import { joinTheOthers } from './machine.ts'
import { benchLimits, buildAction, execute, type OpenRuntime, openRuntime } from './open-runtime.ts'
import { percentile } from './percentile.ts'
import type { Overstay } from './results.ts'

const tries = 10
const event = { user: { enrolledFactors: [] } }
const honest = sourceOf(`api.access.deny('ran')`)

type Overstaying = (typeof overstaying)[number]

export const measureOverstays = async (): Promise<Overstay[]> => {
  const measured: Overstay[] = []
  for (const load of ['quiet', 'busy'] as const) {
    if (load === 'busy') joinTheOthers()
    const busy = load === 'busy' ? Array.from({ length: availableParallelism() }, startBusyProcess) : []
    try {
      for (const attack of overstaying) measured.push(await measureOverstay(attack, load))
    } finally {
      for (const process of busy) process.kill('SIGKILL')
    }
  }
  return measured
}

const startBusyProcess = (): ChildProcess => spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' })

const measureOverstay = async (attack: Overstaying, load: Overstay['load']): Promise<Overstay> => {
  const exits = new Map<string, PromiseWithResolvers<{ pid: number; at: number }>>()
  const runtime = await openRuntime({
    observer: {
      processEnded: ({ tenant = '', pid }) => exits.get(tenant)?.resolve({ pid, at: performance.now() }),
    },
  })
  const limits = { ...benchLimits, ...attack.limits }
  const [good, bad] = [
    await buildAction(runtime, { tenant: 'author', source: honest }),
    await buildAction(runtime, { tenant: 'author', source: sourceOf(attack.body), limits }),
  ]
  const times: number[] = []
  const cpu: number[] = []
  // A tenant of its own each time: a breaker would open after some.
  for (let n = 0; n < tries; n++) {
    const tenant = `tenant-${n}`
    const exit = Promise.withResolvers<{ pid: number; at: number }>()
    exits.set(tenant, exit)
    await execute(runtime, { tenant, artifact: good, event })
    const clock = createDeadlineClock(runtime)
    void execute(runtime, { tenant, artifact: bad, event, limits })
    const { pid, at } = await exit.promise
    const { deadlineAt = at, usedMs } = clock.stop(pid, attack.deadline)
    times.push(Math.max(0, at - deadlineAt))
    cpu.push(usedMs)
  }
  await runtime.close()
  return {
    attack: attack.name,
    load,
    tries,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    highest: Math.max(...times),
    cpuMsP50: percentile(cpu, 0.5),
  }
}

/** Looks every few milliseconds at what each process has used since now; answers when one of them reached a deadline. */
const createDeadlineClock = ({ pids }: OpenRuntime) => {
  const startedAt = performance.now()
  const before = new Map([...pids].map((pid) => [pid, mainThreadCpuMs(pid)]))
  const looks: { at: number; used: Map<number, number> }[] = []
  const timer = setInterval(() => {
    const used = [...before].map(([pid, ms]): [number, number] => [pid, mainThreadCpuMs(pid) - ms])
    looks.push({ at: performance.now(), used: new Map(used) })
  }, 2)
  return {
    /** No deadline: it had ended before. On a busy machine a process counts clock time, within bounds. */
    stop: (pid: number, { of, ms }: Overstaying['deadline']): { deadlineAt?: number; usedMs: number } => {
      clearInterval(timer)
      const usedMs = Math.max(...looks.map(({ used }) => used.get(pid) ?? 0))
      if (of === 'wall') return { deadlineAt: startedAt + ms, usedMs }
      const reached = looks.find(({ used }) => (used.get(pid) ?? 0) >= ms)
      return { usedMs, ...(reached && { deadlineAt: reached.at }) }
    },
  }
}

/** Where the guest runs. */
const mainThreadCpuMs = (pid: number): number => {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[0]) / 1_000_000
  } catch {
    return 0
  }
}
