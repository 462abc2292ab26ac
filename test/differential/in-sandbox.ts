/** Runs actions as the server does: built, and executed in a real sandbox process with a real way out to the network. */
import { readFile } from 'node:fs/promises'
import {
  type Artifact,
  buildLimits,
  type Dependency,
  defaultsOf,
  type RunReport,
  type RuntimeOptions,
} from '@interlock/runtime'
import { parseCidr } from '../../server/src/egress/address-policy.ts'
import { createEgress } from '../../server/src/egress/egress.ts'
import { createResolveHost } from '../../server/src/egress/resolve-host.ts'
import { limits, openRuntime } from '../support/runtime.ts'
import type { Leg, LegEnd, RunLeg } from './story.ts'

export interface Sandbox {
  /** Builds what has not been built yet. */
  run: RunLeg
  close(): Promise<void>
}

/** The loopback is opened for the tests' own server. */
const guard = { resolveHost: createResolveHost(), opened: [parseCidr('127.0.0.0/8')], ownPorts: () => [] }

const tenant = 'acme'

const toError = ({ error }: RunReport): Pick<LegEnd, 'error'> => {
  if (!error) return {}
  const { name, message, code } = error
  return { error: { name, message, ...(code !== undefined && { code }) } }
}

/** What can never run is refused at the build, in the words that its run would end with. */
const refusal = (message: string): LegEnd => ({
  ...{ ending: 'threw', error: { name: 'Error', message } },
  ...{ commands: [], console: [], startedAt: Date.now() },
})

/** Where packages come from, by the name they are installed under for the tests. */
export interface PackageSource {
  dependencies: NonNullable<RuntimeOptions['dependencies']>
  toDependency(installed: string): Dependency
}

export const openSandbox = async (packages?: PackageSource): Promise<Sandbox> => {
  const source = packages && { dependencies: packages.dependencies }
  const { runtime, close } = await openRuntime({ egress: createEgress(guard), processes: 1, spares: 1, ...source })
  const artifacts = new Map<string, Artifact | string>()

  const build = async ({ file, aliases }: Leg): Promise<Artifact | string> => {
    const built = await runtime.build({
      ...{ tenant, source: await readFile(file, 'utf8'), limits: { ...defaultsOf(buildLimits), ...limits } },
      ...(packages && { dependencies: Object.values(aliases).map(packages.toDependency) }),
    })
    return built.ok ? built.artifact : (built.errors[0]?.text ?? 'no error')
  }

  const run: RunLeg = async (leg) => {
    const { file, aliases, handler, event, secrets, cache, redirectState } = leg
    const key = JSON.stringify([file, aliases])
    const artifact = artifacts.get(key) ?? (await build(leg))
    artifacts.set(key, artifact)
    if (typeof artifact === 'string') return refusal(artifact)
    const { runs, commands } = await runtime.execute({
      ...{ tenant, event, cache, limits },
      actions: [{ name: 'action', artifact, secrets }],
      position: { action: 0, handler },
      ...(redirectState !== undefined && { redirectState }),
    })
    const [report] = runs
    if (!report) throw new Error(`${file} did not run.`)
    const { ending, console, startedAt } = report
    return { ending, ...toError(report), commands: commands[0] ?? [], console, startedAt }
  }
  return { run, close }
}
