/**
 * Runs a draft once, with an event its author made up.
 *
 * - it is the same run as any other: the tenant's sandbox, limits, hosts and the draft's own secrets
 * - nothing comes of it: the cache it starts with is empty, and what it asks for is told and not done
 * - a draft whose build still runs is waited for
 */
import type { Command, Decision, RunReport, Runtime } from '@interlock/runtime'
import type { Vault } from '../crypto/vault.ts'
import { effectiveLimits } from '../tenants/limits.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { Action } from './action.ts'
import type { ActionStore } from './action-store.ts'
import type { DraftBuilder } from './draft-builder.ts'
import { openSecrets } from './secret.ts'

type Deps = {
  actions: Pick<ActionStore, 'find' | 'loadDraft'>
  builder: Pick<DraftBuilder, 'settle'>
  runtime: Pick<Runtime, 'execute'>
  vault: Pick<Vault, 'open'>
}

export interface DraftRun {
  report: RunReport
  decision: Decision
  commands: Command[]
  /** In milliseconds: until the draft was at hand, then until its run had ended. */
  timings: { loadMs: number; executeMs: number }
}

/** `undefined`: there is no such action. */
export type TestDraft = (
  tenant: Tenant,
  actionId: string,
  event: Record<string, unknown>,
) => Promise<DraftRun | { notBuilt: Action } | undefined>

export const testDraft =
  ({ actions, builder, runtime, vault }: Deps): TestDraft =>
  async (tenant, actionId, event) => {
    const startedAt = performance.now()
    const before = await actions.find(tenant.name, actionId)
    if (!before) return undefined
    await builder.settle(tenant, before)
    const draft = await actions.loadDraft(tenant.name, actionId)
    if (!draft) {
      const notBuilt = await actions.find(tenant.name, actionId)
      return notBuilt && { notBuilt }
    }
    const secrets = openSecrets(vault, { tenant: tenant.name, actionId }, draft.secrets)
    const loadedAt = performance.now()
    const { runs, commands, decision } = await runtime.execute({
      tenant: tenant.name,
      actions: [{ name: draft.name, artifact: draft.artifact, secrets }],
      event,
      position: { action: 0, handler: 'onExecutePostChallenge' },
      cache: {},
      limits: effectiveLimits(tenant),
      ...(tenant.settings.egress_hosts && { egressHosts: tenant.settings.egress_hosts }),
    })
    const [report] = runs
    if (!report) throw new Error('A run of one action has no report.')
    const timings = { loadMs: loadedAt - startedAt, executeMs: performance.now() - loadedAt }
    return { report, decision, commands: commands[0] ?? [], timings }
  }
