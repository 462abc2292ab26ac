/** One run of the seed action: through `execute()`, and through an isolate of its own in a child process. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { buildLimits, createRuntime, defaultsOf, runLimits } from '@interlock/runtime'
import { type Figures, measure, type Rounds, type Subject } from './measure.ts'
import { event, source } from './seed-action.ts'

type Opened = Subject & { close(): Promise<void> }

const openExecute = async (): Promise<Opened> => {
  const runtime = await createRuntime({ processes: 1 })
  const limits = defaultsOf(runLimits)
  const built = await runtime.build({ tenant: 'bench', source, limits: { ...defaultsOf(buildLimits), ...limits } })
  if (!built.ok) throw new Error('The seed action does not build.')
  const actions = [{ name: 'seed', artifact: built.artifact, secrets: {} }]
  const position = { action: 0, handler: 'onExecutePostChallenge' } as const
  return {
    name: 'execute(), warm process, fresh context',
    runOnce: async () => {
      const { decision } = await runtime.execute({ tenant: 'bench', actions, event, position, cache: {}, limits })
      if (decision.type !== 'pause') throw new Error(`The seed action ended with ${JSON.stringify(decision)}.`)
    },
    close: () => runtime.close(),
  }
}

const openIsolatePerRun = async (): Promise<Opened> => {
  const script = fileURLToPath(new URL('isolate-per-run.ts', import.meta.url))
  const child = fork(script, { execArgv: ['--no-node-snapshot'] })
  await once(child, 'message')
  return {
    name: 'new isolate per run in a child process',
    runOnce: () => {
      child.send(JSON.stringify(event))
      return once(child, 'message')
    },
    close: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

export interface Comparison {
  figures: Figures[]
  /** How many times as long as `execute()` the other takes, at the median. */
  ratio: number
}

export const compare = async (rounds: Rounds): Promise<Comparison> => {
  const subjects = [await openExecute(), await openIsolatePerRun()]
  try {
    const figures = await measure(subjects, rounds)
    const [ours, other] = figures
    return { figures, ratio: (other?.p50 ?? Number.NaN) / (ours?.p50 ?? Number.NaN) }
  } finally {
    for (const subject of subjects) await subject.close()
  }
}
