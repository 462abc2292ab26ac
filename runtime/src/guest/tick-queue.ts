/**
 * What `process.nextTick` was given. Node runs it when the code that was entered has returned, before the microtasks; what is
 * added by microtasks, when there are no more of them. The entrances of the door do the first, `tick` the second.
 */
import { add, apply, createList, type List } from './primordials.ts'
import { surroundings } from './surroundings.ts'

type Callback = (...args: unknown[]) => unknown

interface Tick {
  callback: Callback
  args: unknown[]
}

export interface TickQueue {
  add(callback: Callback, args: unknown[]): void
  isEmpty(): boolean
  /** Runs what waits and what that adds, in order. What is thrown is reported, and the rest goes on. */
  drain(): void
}

export const createTickQueue = (): TickQueue => {
  let waiting: List<Tick> = createList()

  const run = ({ callback, args }: Tick) => {
    try {
      apply(callback, undefined, args)
    } catch (error) {
      surroundings.report(error)
    }
  }

  return {
    add: (callback, args) => add(waiting, { callback: surroundings.follow(callback), args }),
    isEmpty: () => waiting.length === 0,
    drain: () => {
      while (waiting.length > 0) {
        const ticks = waiting
        waiting = createList()
        for (let index = 0; index < ticks.length; index++) run(ticks[index] as Tick)
      }
    },
  }
}
