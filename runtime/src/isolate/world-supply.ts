/** Worlds for the runs of one isolate, the next one made ahead of time: making one is most of what a short run costs. */
import type ivm from 'isolated-vm'
import { openWorld, type World } from './world.ts'

export interface WorldSupply {
  /** A world that nobody has had; `undefined` when the heap is too full for one, and the isolate gone with it. */
  take(): World | undefined
  /** Makes the next one when the thread is free. */
  prepare(): void
}

export const createWorldSupply = (isolate: ivm.Isolate, module: ivm.Script): WorldSupply => {
  let next: World | undefined

  const open = (): World | undefined => {
    try {
      return isolate.isDisposed ? undefined : openWorld(isolate, module)
    } catch (thrown) {
      if (isolate.isDisposed) return undefined
      throw thrown
    }
  }

  return {
    take: () => {
      const world = next ?? open()
      next = undefined
      return world
    },
    prepare: () => {
      setImmediate(() => {
        next ??= open()
      })
    },
  }
}
