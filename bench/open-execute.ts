/** What is measured: `execute()`, as the server calls it. */
import type { Demand, RuntimeOptions } from '@interlock/runtime'
import type { Subject } from './measure.ts'
import { benchLimits, buildAction, execute, openRuntime } from './open-runtime.ts'
import { type ActionName, sourceOf } from './program.ts'
import { event } from './seed-action.ts'

/** What 64 evaluations of large dependencies at once need. */
const limitsFor = (action: ActionName) => ({
  ...benchLimits,
  cpuMs: 20_000,
  ...(action === 'large' && { heapMb: 256 }),
})

export interface ReadyAction {
  pids: ReadonlySet<number>
  /** Answers what the action asks of the user. */
  run(event: Record<string, unknown>): Promise<Demand[]>
  close(): Promise<void>
}

export const openAction = async (action: ActionName, options: RuntimeOptions = {}): Promise<ReadyAction> => {
  const runtime = await openRuntime(options)
  const tenant = 'bench'
  const limits = limitsFor(action)
  const artifact = await buildAction(runtime, { tenant, source: await sourceOf(action), limits })
  return {
    pids: runtime.pids,
    run: async (given) => {
      const { decision, runs } = await execute(runtime, { tenant, artifact, event: given, limits })
      if (decision.type !== 'pause') throw new Error(`The action ended with ${JSON.stringify([decision, runs])}.`)
      return decision.demands
    },
    close: () => runtime.close(),
  }
}

export const openExecute = async (action: ActionName): Promise<Subject> => {
  const { pids, run, close } = await openAction(action)
  return { key: 'execute', name: 'execute()', pids: () => pids, runOnce: () => run(event), close }
}
