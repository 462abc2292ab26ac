/**
 * Watches one sandbox process from outside: closely while it has work and until it is quiet again, then now and then.
 *
 * - A thread that is stuck in guest code answers no ping: the processor time since its last sign of life is the guest's.
 *   From the moment at which that is more than the guest may use, the process gets a little while by the clock to end the
 *   run itself, and a little of the processor: other work does not add to how long it outlives its deadline, unless it is
 *   starved.
 * - Memory is what the operating system says is resident, whatever V8 counts.
 * - Idle is who answers a ping and uses next to no processor time for a while. Who does not is judged by the processor time
 *   it has used since, not by the clock: on a busy machine an honest process may wait for a second before it can answer, and
 *   who burns may get as little as who is idle; it is found on a later patrol.
 */
import { type ReadVitalSigns, readVitalSigns, type VitalSigns } from './vital-signs.ts'

export interface Watched {
  pid: number
  /** What the runs in flight may use, or `undefined` when there are none. */
  allowance(): Allowance | undefined
  ping(): void
  /** Called at most once; the watch has stopped. `reached` is in milliseconds, or in megabytes. */
  overstayed(why: 'exceeded-cpu' | 'exceeded-memory' | 'not-idle', reached?: number): void
}

export interface Allowance {
  /** Processor time of its thread without a sign of life. */
  cpuMs: number
  residentBytes: number
}

export interface Watch {
  /** The process has got work. */
  start(): void
  /** The process said something: its thread is its own. */
  signOfLife(): void
  stop(): void
}

export const createWatch = (watched: Watched, read: ReadVitalSigns = readVitalSigns): Watch => {
  let timer: NodeJS.Timeout | undefined
  let isClose = false
  let signed = false
  let signsAtSign: VitalSigns | undefined
  let overdueSince: number | undefined
  let idle: Idleness | undefined

  const stop = () => {
    clearInterval(timer)
    isClose = false
  }

  const end: Watched['overstayed'] = (why, reached) => {
    stop()
    watched.overstayed(why, reached)
  }

  const patrol = () => {
    stop()
    let before = read(watched.pid)?.cpuMs
    timer = setInterval(() => {
      const cpuMs = read(watched.pid)?.cpuMs
      if (cpuMs !== undefined && before !== undefined && cpuMs - before > quietMsPerPatrol) return end('not-idle')
      before = cpuMs
    }, patrolMs).unref()
  }

  const lookAtWork = (signs: VitalSigns, allowance: Allowance) => {
    if (signs.residentBytes > allowance.residentBytes) return end('exceeded-memory', signs.residentBytes / 1_048_576)
    const { cpuMs, threadMs } = signsAtSign ?? signs
    const burntMs = signs.cpuMs - cpuMs
    const beyondMs = signs.threadMs - threadMs - allowance.cpuMs
    if (beyondMs <= 0) overdueSince = undefined
    else overdueSince ??= performance.now()
    const hadTime = overdueSince !== undefined && performance.now() - overdueSince >= graceMs
    if ((hadTime && beyondMs >= graceCpuMs) || burntMs > allowance.cpuMs + threadsGraceMs) end('exceeded-cpu', burntMs)
  }

  const lookAtIdleness = (cpuMs: number, answered: boolean) => {
    idle ??= { looks: 0, answered: false, cpuMsAtStart: cpuMs, cpuMsAtWindow: cpuMs }
    // The first look may see the answer to the run itself.
    idle.answered ||= answered && idle.looks > 0
    idle.looks += 1
    if (idle.looks % looksPerWindow !== 0) return
    if (idle.answered && cpuMs - idle.cpuMsAtWindow <= quietMsPerWindow) return patrol()
    idle.cpuMsAtWindow = cpuMs
    if (cpuMs - idle.cpuMsAtStart > burntMsUntilIdle || idle.looks >= looksUntilIdle) end('not-idle')
  }

  const look = () => {
    const signs = read(watched.pid)
    const allowance = watched.allowance()
    const answered = signed
    signed = false
    if (answered || signsAtSign === undefined) signsAtSign = signs
    watched.ping()
    if (!allowance) return lookAtIdleness(signs?.cpuMs ?? 0, answered)
    idle = undefined
    if (signs) lookAtWork(signs, allowance)
  }

  return {
    start: () => {
      if (isClose) return
      stop()
      isClose = true
      signed = false
      signsAtSign = undefined
      overdueSince = undefined
      idle = undefined
      timer = setInterval(look, lookMs)
    },
    signOfLife: () => {
      signed = true
    },
    stop,
  }
}

/** Since the last run has ended. */
interface Idleness {
  looks: number
  answered: boolean
  cpuMsAtStart: number
  cpuMsAtWindow: number
}

/**
 * The child ends a run itself and can name the line; it gets this much of the clock for it, at six looks in a row. On a
 * quiet machine it needs 50 ms. The process must be gone 300 ms after its deadline, a late look and the kill included.
 */
const graceMs = 140
/** Of the processor: with a third of one it is had within much the same time. Who gets less could hardly say that it has ended. */
const graceCpuMs = 50
/** Beyond the limit, of all threads: V8's own work on the heap, or threads that whoever took the process over has made. */
const threadsGraceMs = 200
/** A heap that grows by 2 GB/s, about the fastest seen, gets 50 MB further between two looks. */
const lookMs = 25
/** 100 ms: the system counts processor time in steps of 10 ms. */
const looksPerWindow = 4
const quietMsPerWindow = 20
/** Room for the collection of what the last run left behind. */
const burntMsUntilIdle = 600
/** 10 s: nobody is kept from the processor for that long. */
const looksUntilIdle = 400
/** A twentieth of one processor: an idle process uses none. */
const patrolMs = 2_000
const quietMsPerPatrol = 100
