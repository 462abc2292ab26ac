/** The timers of one run: which are pending, and which changed since the host was told last. */
import type { TimerRequest } from '../bridge/guest-door.ts'
import { codedError } from './coded-error.ts'
import { add, bare, createList, deleteProperty, keys, type List, toNumber } from './primordials.ts'

export interface Timer {
  readonly id: number
  readonly callback: () => void
  readonly delayMs: number
  readonly repeats: boolean
}

export interface TimerChanges {
  timers: List<TimerRequest>
  clearedTimers: List<number>
}

export interface TimerLedger {
  /** How many timers may be pending; none before this. */
  allow(maximum: number): void
  find(id: number): Timer | undefined
  /** Starts the timer's delay, from the beginning when it is pending already. */
  arm(timer: Timer): void
  disarm(id: number): void
  /** The changes since the last call, settled: one entry for each timer. */
  collectChanges(): TimerChanges
}

export const createTimerLedger = (): TimerLedger => {
  let maximum = 0
  const pending: Record<number, Timer> = bare({})
  let changed: Record<number, true> = bare({})
  let count = 0

  return {
    allow: (count) => {
      maximum = count
    },
    find: (id) => pending[id],
    arm: (timer) => {
      if (pending[timer.id] === undefined) {
        if (count >= maximum)
          throw codedError(
            `At most ${maximum} timers may be pending (limit "timers", reached: ${count + 1}).`,
            'ERR_TIMERS_EXCEEDED',
          )
        count += 1
        pending[timer.id] = timer
      }
      changed[timer.id] = true
    },
    disarm: (id) => {
      if (pending[id] === undefined) return
      count -= 1
      deleteProperty(pending, id)
      changed[id] = true
    },
    collectChanges: () => {
      const timers = createList<TimerRequest>()
      const clearedTimers = createList<number>()
      const ids = keys(changed)
      for (let index = 0; index < ids.length; index++) {
        const id = toNumber(ids[index])
        const timer = pending[id]
        if (timer === undefined) add(clearedTimers, id)
        else add(timers, bare({ id, delayMs: timer.delayMs }))
      }
      changed = bare({})
      return { timers, clearedTimers }
    },
  }
}
