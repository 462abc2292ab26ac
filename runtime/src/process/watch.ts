/**
 * Watches one sandbox process from outside while it has work, and until it has proven to be idle afterwards.
 *
 * - A thread that is stuck in guest code answers no ping: the processor time since its last sign of life is the guest's.
 * - Memory is what the operating system says is resident, whatever V8 counts.
 * - Idle is who answers a ping and burns no processor time between two looks.
 */
import { readVitalSigns, type VitalSigns } from './vital-signs.ts'

export interface Watched {
  pid: number
  /** What the runs in flight may use, or `undefined` when there are none. */
  allowance(): Allowance | undefined
  ping(): void
  /** Called at most once; the watch has stopped. */
  overstayed(why: 'exceeded-cpu' | 'exceeded-memory' | 'not-idle'): void
}

export interface Allowance {
  /** Processor time without a sign of life. */
  cpuMs: number
  residentBytes: number
}

export interface Watch {
  /** The process has got work, or has just ended some. */
  start(): void
  /** The process said something: its thread is its own. */
  signOfLife(): void
  stop(): void
}

export const createWatch = (watched: Watched): Watch => {
  let timer: NodeJS.Timeout | undefined
  let signed = false
  let idleLooks = 0
  let lastCpuMs: number | undefined
  let cpuMsAtSign: number | undefined

  const stop = () => {
    clearInterval(timer)
    timer = undefined
  }

  const end = (why: Parameters<Watched['overstayed']>[0]) => {
    stop()
    watched.overstayed(why)
  }

  const lookAtWork = (signs: VitalSigns, allowance: Allowance) => {
    idleLooks = 0
    if (signs.residentBytes > allowance.residentBytes) return end('exceeded-memory')
    if (signs.cpuMs - (cpuMsAtSign ?? signs.cpuMs) > allowance.cpuMs) return end('exceeded-cpu')
    watched.ping()
  }

  /** `isQuiet` without vital signs: the ping alone decides. */
  const lookAtIdleness = (isQuiet: boolean, answered: boolean) => {
    idleLooks += 1
    if (idleLooks > 1 && answered && isQuiet) return stop()
    if (idleLooks > idleLooksAllowed) return end('not-idle')
    watched.ping()
  }

  const look = () => {
    const signs = readVitalSigns(watched.pid)
    const allowance = watched.allowance()
    const answered = signed
    signed = false
    if (answered || cpuMsAtSign === undefined) cpuMsAtSign = signs?.cpuMs
    const isQuiet = !signs || signs.cpuMs - (lastCpuMs ?? 0) <= intervalMs / 2
    lastCpuMs = signs?.cpuMs
    if (!allowance) return lookAtIdleness(isQuiet, answered)
    if (signs) lookAtWork(signs, allowance)
  }

  return {
    start: () => {
      if (timer) return
      signed = false
      idleLooks = 0
      lastCpuMs = undefined
      cpuMsAtSign = undefined
      timer = setInterval(look, intervalMs)
    },
    signOfLife: () => {
      signed = true
    },
    stop,
  }
}

/** A heap that grows by 2 GB/s, about the fastest seen, gets 50 MB further between two looks. */
const intervalMs = 25
/** 500 ms: room for the collection of what the last run left behind. */
const idleLooksAllowed = 20
