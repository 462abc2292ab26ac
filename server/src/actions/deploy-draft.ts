/**
 * Makes the draft the action's live version.
 *
 * - a draft whose build still runs, or was lost with its process, is waited for, so that deploying right after an upload
 *   succeeds at the first try
 * - only a built draft is deployed; the version is made and goes live in one transaction
 * - a version that users who are away come back to is not the one that goes for it
 */
import type { Clock, Random } from '../ports.ts'
import { effectiveLimits } from '../tenants/limits.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { Action, ActionVersion } from './action.ts'
import type { ActionStore, ActionVersionStore, Deployment } from './action-store.ts'
import type { VersionPins } from './catalogue.ts'
import type { DraftBuilder } from './draft-builder.ts'

type Deps = DeploymentDeps & {
  actions: Pick<ActionStore, 'find'>
  versions: Pick<ActionVersionStore, 'deployDraft'>
  builder: Pick<DraftBuilder, 'settle'>
}

export type DeployDraft = (
  tenant: Tenant,
  actionId: string,
) => Promise<{ version: ActionVersion; action: Action } | { notBuilt: Action } | undefined>

export interface DeploymentDeps {
  transactions: VersionPins
  random: Pick<Random, 'uuid'>
  clock: Clock
}

/** What a new version of the action is made with. */
export const newDeployment = async (
  { transactions, random, clock }: DeploymentDeps,
  tenant: Tenant,
  { deployed }: Pick<Action, 'deployed'>,
): Promise<Deployment> => {
  const now = clock.now()
  const keep = effectiveLimits(tenant).versionsKept
  // Where no version has to go nobody is asked who needs one. Half of the way is early enough for who deploys at once.
  const mayPush = (deployed?.number ?? 0) * 2 >= keep
  const inUse = mayPush ? await transactions.pinnedVersions(tenant.name, now) : new Set<string>()
  return { versionId: random.uuid(), now, keep, inUse }
}

export const deployDraft =
  (deps: Deps): DeployDraft =>
  async (tenant, actionId) => {
    const draft = await deps.actions.find(tenant.name, actionId)
    if (!draft) return undefined
    await deps.builder.settle(tenant, draft)
    const version = await deps.versions.deployDraft(tenant.name, actionId, await newDeployment(deps, tenant, draft))
    const action = await deps.actions.find(tenant.name, actionId)
    if (!action || version === 'unknown') return undefined
    return version === 'not-built' ? { notBuilt: action } : { version, action }
  }
