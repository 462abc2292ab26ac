/** Work that must not delay an answer, or tell by its time what was found: it begins once the answer is on its way. */
import { setImmediate } from 'node:timers/promises'
import type { Background, Logger } from './ports.ts'

export interface RunningBackground extends Background {
  /** Resolves when nothing is under way. */
  settled(): Promise<void>
}

export const createBackground = (logger: Logger): RunningBackground => {
  const underWay = new Set<Promise<void>>()
  return {
    run(name, work) {
      const task = setImmediate()
        .then(work)
        .catch((error: unknown) => logger.error({ error, task: name }, 'background work failed'))
        .finally(() => underWay.delete(task))
      underWay.add(task)
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay)
    },
  }
}
