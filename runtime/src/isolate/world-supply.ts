/**
 * Worlds for the runs of one isolate, made ahead of time when the thread is free: making one is most of what a short run
 * costs, and loading the module most of what one with large dependencies does.
 *
 * Every run still gets a world that nobody has had, with a module that was evaluated for it alone. The module is loaded
 * ahead after a run of it has completed, and only if loading it touches nothing that belongs to a run
 * (guest/preparation/purity-watch.ts); else each run loads it, as the first one does. A module that reads the clock while it loads, as
 * lodash does, is not left waiting for long. One that comes from a snapshot needs no loading at all.
 */
import type ivm from 'isolated-vm'
import type { RunLimits } from '../limits.ts'
import { measureMemory } from './buffers.ts'
import { clockAllowanceMs } from './deadline.ts'
import { type Loading, watchLoading } from './loading.ts'
import type { Module } from './run.ts'
import { openWorld, type World } from './world.ts'

export interface WorldSupply {
  /** A world that nobody has had; `undefined` when the heap is too full for one, and the isolate gone with it. */
  take(): World | undefined
  /** To be called when a run has completed: makes the next ones when the thread is free. */
  prepare(limits: RunLimits): void
}

interface Options {
  isolate: ivm.Isolate
  /** Absent: the isolate's snapshot holds the evaluated module, and there is nothing to load. */
  script: ivm.Script | undefined
  module: Module
  heapMb: number
}

export const createWorldSupply = ({ isolate, script, module, heapMb }: Options): WorldSupply => {
  const ready: { world: World; madeAt: number }[] = []
  let wanted = 1
  let most = largestSupply
  let loading: Loading['ahead'] | 'unknown' = script ? 'unknown' : 'never'
  let mentions: Loading['mentions'] = []
  let isDue = false

  const open = (): World | undefined => {
    try {
      return isolate.isDisposed ? undefined : openWorld(isolate, script)
    } catch (thrown) {
      if (isolate.isDisposed) return undefined
      throw thrown
    }
  }

  const watch = (timeoutMs: number): Loading['ahead'] => {
    try {
      const found = script && watchLoading({ isolate, script, module, timeoutMs })
      mentions = found?.mentions ?? []
      return found?.ahead ?? 'never'
    } catch (thrown) {
      if (isolate.isDisposed) return 'never'
      throw thrown
    }
  }

  const takeReady = (): World | undefined => {
    for (let next = ready.shift(); next; next = ready.shift()) {
      if (loading !== 'ahead-of-clock' || performance.now() - next.madeAt < longestWaitMs) return next.world
      next.world.release()
    }
    return undefined
  }

  const makeOne = (timeoutMs: number) => {
    const startedAt = performance.now()
    const world = open()
    if (!world) return
    if (loading === 'never' || world.load(timeoutMs, mentions)) ready.push({ world, madeAt: performance.now() })
    else {
      loading = 'never'
      world.release()
    }
    most = Math.min(largestSupply, Math.max(1, Math.floor(largestCostMs / (performance.now() - startedAt))))
  }

  const isCrowded = () => isolate.getHeapStatisticsSync().used_heap_size > (heapMb * 1_048_576) / 2

  /** What modules loaded ahead hold counts against runs that have nothing to do with it. */
  const isNearBuffers = ({ externalMb }: RunLimits) => measureMemory(isolate).bufferBytes > (externalMb * 1_048_576) / 2

  /** One step at a time: what arrives meanwhile goes first. */
  const step = (limits: RunLimits) => {
    isDue = false
    if (isolate.isDisposed || ready.length >= Math.min(wanted, most) || (ready.length > 0 && isCrowded())) return
    if (isNearBuffers(limits)) return
    const timeoutMs = clockAllowanceMs(limits.cpuMs, 1)
    if (loading === 'unknown') loading = watch(timeoutMs)
    else makeOne(timeoutMs)
    schedule(limits)
  }

  const schedule = (limits: RunLimits) => {
    if (isDue) return
    isDue = true
    setImmediate(step, limits)
  }

  return {
    take: () => {
      if (ready.length === 0) wanted = Math.min(wanted * 2, largestSupply)
      return takeReady() ?? open()
    },
    prepare: (limits) => {
      if (ready.length > wanted / 2) wanted = Math.max(1, wanted - 1)
      schedule(limits)
    },
  }
}

/** How much older than its run a time may be that a module has read while it was loaded. */
const longestWaitMs = 60_000
const largestSupply = 8
/** Clock time that a full supply may take to make: a process that goes on for a second is taken for one that burns. */
const largestCostMs = 60
