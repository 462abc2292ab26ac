/** What is measured: `execute()`, as the server calls it. */
import { type Artifact, buildLimits, createRuntime, defaultsOf, runLimits } from '@interlock/runtime'
import type { Subject } from './measure.ts'
import { type ActionName, sourceOf } from './program.ts'
import { event } from './seed-action.ts'

/** The defaults, but for what 64 evaluations of large dependencies at once, and the benchmark itself, need. */
const limitsFor = (action: ActionName) => ({
  ...defaultsOf(runLimits),
  ...{ cpuMs: 20_000, runsPerMinute: 1_000_000 },
  ...(action === 'large' && { heapMb: 256 }),
})
const roomy = { sourceBytes: 8_388_608, artifactBytes: 8_388_608, buildMs: 30_000 }

export const openExecute = async (action: ActionName): Promise<Subject> => {
  const pids = new Set<number>()
  const runtime = await createRuntime({
    observer: {
      processStarted: (pid) => pids.add(pid),
      processEnded: ({ pid }) => pids.delete(pid),
    },
  })
  const tenant = 'bench'
  const limits = limitsFor(action)
  const source = await sourceOf(action)
  const built = await runtime.build({ tenant, source, limits: { ...defaultsOf(buildLimits), ...limits, ...roomy } })
  if (!built.ok) throw new Error(`The action does not build: ${JSON.stringify(built.errors)}`)
  const actions = [{ name: action, artifact: built.artifact as Artifact, secrets: {} }]
  const position = { action: 0, handler: 'onExecutePostChallenge' } as const
  return {
    name: 'execute()',
    pids: () => pids,
    runOnce: async () => {
      const { decision, runs } = await runtime.execute({ tenant, actions, event, position, cache: {}, limits })
      if (decision.type !== 'pause') throw new Error(`The action ended with ${JSON.stringify([decision, runs])}.`)
    },
    close: () => runtime.close(),
  }
}
