/**
 * Turns drafts into artifacts after the answer was sent.
 *
 * - a build depends on nothing but the draft, so that doing it twice, here or on another node, is harmless: there is no
 *   lock, and none that a crash could leave behind
 * - what a crash left `pending` or `building` is built at the next start, or at once when somebody wants to deploy it
 * - a tenant has one build at a time: the others wait for their turn, of each action the latest edit alone
 * - a few compilers run at once; who loads or prepares what was compiled holds up nobody but its own tenant
 * - an edit during the build wins: the store drops the result of an earlier revision
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Dependency, Runtime } from '@interlock/runtime'
import { createFairQueue, type FairQueue } from '../fair-queue.ts'
import type { Background, Clock, Logger } from '../ports.ts'
import { effectiveLimits } from '../tenants/limits.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { TenantStore } from '../tenants/tenant-store.ts'
import type { Action } from './action.ts'
import type { ActionStore } from './action-store.ts'

type Deps = {
  actions: Pick<ActionStore, 'noteBuild' | 'listUnbuilt'>
  tenants: Pick<TenantStore, 'find'>
  runtime: Pick<Runtime, 'build'>
  background: Background
  clock: Clock
  logger: Logger
}

interface Work {
  tenant: Tenant
  actionId: string
  revision: number
  code: string
  dependencies: readonly Dependency[]
}

export interface DraftBuilder {
  /** Starts the build, and does not wait for it. */
  start(tenant: Tenant, action: Action): void
  /** Waits until the draft's build has ended, here or elsewhere; after the build limit and a few seconds it waits no longer. */
  settle(tenant: Tenant, action: Action): Promise<void>
  /** Takes up what an earlier process left undone. Called once at start. */
  resume(): Promise<void>
}

/** Neither waiting in the queue of compilers nor preparing a version that is dear to load is counted by the build's own limit. */
const queueGraceMs = 15_000

/** Compilers of this process at the same time: a build takes milliseconds, and a hostile one a whole core. */
const compilersAtOnce = 2

/** Fetching the packages and bundling them may take `packagesMs` each. */
const longestBuildMs = (tenant: Tenant, { draft }: Action): number => {
  const { buildMs, packagesMs } = effectiveLimits(tenant)
  return draft.dependencies.length === 0 ? buildMs : buildMs + 2 * packagesMs
}

const workOf = (tenant: Tenant, { id, draft }: Action): Work => ({
  tenant,
  actionId: id,
  revision: draft.revision,
  code: draft.code,
  dependencies: draft.dependencies,
})

const buildDraft = async (deps: Deps & { compilers: FairQueue }, work: Work): Promise<void> => {
  const { tenant, actionId, revision, code, dependencies } = work
  const { actions, runtime, clock, logger, compilers } = deps
  const draft = { actionId, revision }
  await actions.noteBuild(tenant.name, draft, { status: 'building', now: clock.now() })
  try {
    const result = await runtime.build({
      ...{ tenant: tenant.name, source: code, dependencies, limits: effectiveLimits(tenant) },
      compileInTurn: (compile) => compilers(tenant.name, compile),
    })
    const now = clock.now()
    if (!result.ok) {
      await actions.noteBuild(tenant.name, draft, { status: 'failed', errors: result.errors, now })
    } else {
      const { artifact, packages, warnings, snapshot } = result
      await actions.noteBuild(tenant.name, draft, { status: 'built', artifact, packages, warnings, now })
      logger.info({ tenant: tenant.name, action: actionId, artifact: artifact.hash, snapshot }, 'an action was built')
    }
  } catch (error) {
    await actions.noteBuild(tenant.name, draft, { status: 'pending', now: clock.now() })
    throw error
  }
}

export const createDraftBuilder = (deps: Deps): DraftBuilder => {
  /** By action: what waits for its turn, and is built then. */
  const waiting = new Map<string, { work: Work; done: Promise<void> }>()
  /** By action: what is being built. */
  const running = new Map<string, { work: Work; done: Promise<void> }>()
  const inTurn = createFairQueue(Number.POSITIVE_INFINITY)
  const compilers = createFairQueue(compilersAtOnce)

  const buildWaiting = async (key: string): Promise<void> => {
    const entry = waiting.get(key)
    waiting.delete(key)
    if (!entry) return
    running.set(key, entry)
    await buildDraft({ ...deps, compilers }, entry.work).finally(() => running.delete(key))
  }

  const begin = (key: string, work: Work): Promise<void> => {
    const { tenant, actionId: action } = work
    const done = inTurn(tenant.name, () => buildWaiting(key)).catch((error) =>
      deps.logger.error({ error, tenant: tenant.name, action }, 'build lost'),
    )
    waiting.set(key, { work, done })
    return done
  }

  const run = (work: Work): Promise<void> => {
    const key = JSON.stringify([work.tenant.name, work.actionId])
    const current = running.get(key)
    if (current?.work.revision === work.revision) return current.done
    const queued = waiting.get(key)
    if (!queued) return begin(key, work)
    if (queued.work.revision < work.revision) queued.work = work
    return queued.done
  }

  const start = (work: Work): void => deps.background.run('build action', () => run(work))

  return {
    start: (tenant, action) => start(workOf(tenant, action)),

    async settle(tenant, action) {
      if (action.draft.status === 'built' || action.draft.status === 'failed') return
      const patience = new AbortController()
      const enough = pause(longestBuildMs(tenant, action) + queueGraceMs, undefined, { signal: patience.signal })
      await Promise.race([run(workOf(tenant, action)), enough.catch(() => {})])
      patience.abort()
    },

    async resume() {
      for (const { tenant: name, ...draft } of await deps.actions.listUnbuilt()) {
        const tenant = await deps.tenants.find(name)
        if (tenant) start({ ...draft, tenant })
      }
    },
  }
}
