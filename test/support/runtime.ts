/** A real runtime with real sandbox processes, and short ways to run author code in it. */
import {
  type Artifact,
  type BuildMessage,
  buildLimits,
  createRuntime,
  defaultsOf,
  type ExecutionRequest,
  type ExecutionResult,
  type ProcessEnd,
  type RunLimits,
  type RunReport,
  type Runtime,
  type RuntimeOptions,
  runLimits,
} from '@interlock/runtime'

export const limits: RunLimits = defaultsOf(runLimits)

export const event = {
  authentication: { methods: [{ name: 'email', timestamp: '2026-01-01T00:00:00.000Z' }] },
  request: { ip: '203.0.113.7', hostname: 'login.acme.example', method: 'GET', query: {}, body: {} },
  user: { user_id: 'auth0|ada', email: 'ada@acme.example', enrolledFactors: [{ type: 'otp' }] },
}

export const atStart = { action: 0, handler: 'onExecutePostChallenge' } as const
export const onReturn = { action: 0, handler: 'onContinuePostChallenge' } as const

/** An action whose `onExecutePostChallenge` has this body; the body's first line is line 2. */
export const executing = (body: string): string =>
  `exports.onExecutePostChallenge = async (event, api) => {\n${body}\n}\n`

export type Request = Partial<Omit<ExecutionRequest, 'actions' | 'limits'>> & {
  limits?: Partial<RunLimits>
  secrets?: Record<string, string>[]
}

export interface TestRuntime {
  runtime: Runtime
  /** Sandbox processes that have ended so far. */
  ended: ProcessEnd[]
  /** Pids of sandbox processes that live. */
  living: Set<number>
  /** Builds once; what was built before is answered at once. */
  build(source: string, tenant?: string): Promise<Artifact>
  /** Builds and executes sources as the bound actions of tenant `acme`. */
  execute(sources: string | string[], request?: Request): Promise<ExecutionResult>
  /** Executes one source and answers the report of its run. */
  run(source: string, request?: Request): Promise<RunReport>
  close(): Promise<void>
}

export const openRuntime = async ({
  processes = 2,
  observer: told,
  ...options
}: RuntimeOptions = {}): Promise<TestRuntime> => {
  const ended: ProcessEnd[] = []
  const living = new Set<number>()
  const observer = {
    ...told,
    processStarted: (pid: number) => void living.add(pid),
    processEnded: (end: ProcessEnd) => {
      living.delete(end.pid)
      ended.push(end)
    },
  }
  const runtime = await createRuntime({ ...options, processes, observer })
  const artifacts = new Map<string, Artifact>()

  const build = async (source: string, tenant = 'acme'): Promise<Artifact> => {
    const known = artifacts.get(`${tenant}\n${source}`)
    if (known) return known
    const result = await runtime.build({ tenant, source, limits: { ...defaultsOf(buildLimits), ...limits } })
    if (!result.ok) throw new Error(`did not build: ${textsOf(result.errors)}`)
    artifacts.set(`${tenant}\n${source}`, result.artifact)
    return result.artifact
  }

  const execute = async (sources: string | string[], { secrets = [], ...request }: Request = {}) => {
    const tenant = request.tenant ?? 'acme'
    const actions = []
    for (const [index, source] of [sources].flat().entries()) {
      actions.push({ name: `action-${index}`, artifact: await build(source, tenant), secrets: secrets[index] ?? {} })
    }
    const base = { tenant, event, position: atStart, cache: {}, ...request }
    return runtime.execute({ ...base, actions, limits: { ...limits, ...request.limits } })
  }

  const run = async (source: string, request?: Request) => {
    const { runs } = await execute(source, request)
    const [report] = runs
    if (!report) throw new Error('nothing ran')
    return report
  }

  return { runtime, ended, living, build, execute, run, close: () => runtime.close() }
}

export const textsOf = (messages: BuildMessage[]): string => messages.map(({ text }) => text).join('\n')

/** The author's positions in a report's stack, as `line:column`. */
export const linesOf = ({ error }: RunReport): string[] =>
  [...(error?.stack ?? '').matchAll(/action\.[jt]s:(\d+):\d+/g)].map(([, line = '']) => line)
