/**
 * Makes the draft the action's live version.
 *
 * - a draft whose build still runs, or was lost with its process, is waited for, so that deploying right after an upload
 *   succeeds at the first try
 * - only a built draft is deployed; the version is made and goes live in one transaction
 */
import type { Clock, Random } from '../ports.ts'
import { effectiveLimits } from '../tenants/limits.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { Action, ActionVersion } from './action.ts'
import type { ActionStore, ActionVersionStore, Deployment } from './action-store.ts'
import type { DraftBuilder } from './draft-builder.ts'

type Deps = {
  actions: Pick<ActionStore, 'find'>
  versions: Pick<ActionVersionStore, 'deployDraft'>
  builder: Pick<DraftBuilder, 'settle'>
  random: Pick<Random, 'uuid'>
  clock: Clock
}

export type DeployDraft = (
  tenant: Tenant,
  actionId: string,
) => Promise<{ version: ActionVersion; action: Action } | { notBuilt: Action } | undefined>

export const newDeployment = (tenant: Tenant, { random, clock }: Pick<Deps, 'random' | 'clock'>): Deployment => ({
  versionId: random.uuid(),
  now: clock.now(),
  keep: effectiveLimits(tenant).versionsKept,
})

export const deployDraft =
  (deps: Deps): DeployDraft =>
  async (tenant, actionId) => {
    const draft = await deps.actions.find(tenant.name, actionId)
    if (!draft) return undefined
    await deps.builder.settle(tenant, draft)
    const version = await deps.versions.deployDraft(tenant.name, actionId, newDeployment(tenant, deps))
    const action = await deps.actions.find(tenant.name, actionId)
    if (!action || version === 'unknown') return undefined
    return version === 'not-built' ? { notBuilt: action } : { version, action }
  }
