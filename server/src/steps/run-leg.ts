/**
 * Runs the bound actions from a position to the next pause: builds the event, lets the runtime run the pinned versions,
 * keeps what they stored, and writes the execution log. Answers with the input that moves the journey on.
 */
import type { ExecutionResult, Position, Runtime } from '@interlock/runtime'
import type { ActionCatalogue } from '../actions/catalogue.ts'
import { triggerId } from '../actions/trigger.ts'
import type { ActionCacheStore } from '../cache/action-cache.ts'
import type { ClientStore } from '../clients/client.ts'
import type { ConnectionStore } from '../connections/connection.ts'
import type { ExecutionResultEntry, ExecutionStatus, ExecutionStore } from '../executions/execution.ts'
import type { FactorRegistry, Subject } from '../factors/factor.ts'
import type { InputOf } from '../flow/input.ts'
import type { ConsoleFeed } from '../logs/console-feed.ts'
import type { TenantLog } from '../logs/tenant-log.ts'
import type { OrganizationStore } from '../organizations/organization.ts'
import type { Clock, Logger } from '../ports.ts'
import type { RoleAssignmentStore } from '../roles/role.ts'
import { effectiveLimits } from '../tenants/limits.ts'
import type { Transaction } from '../transactions/transaction.ts'
import type { Arrival } from './arrival.ts'
import { buildEvent } from './build-event.ts'
import { circumstancesOf } from './circumstances.ts'
import { executionFailed } from './execution-log.ts'
import { journeyFacts } from './journey-log.ts'
import { openLegConsole } from './leg-console.ts'
import type { LoadSubject } from './subject.ts'

type Deps = {
  runtime: Pick<Runtime, 'execute'>
  catalogue: Pick<ActionCatalogue, 'load'>
  actionCache: ActionCacheStore
  executions: Pick<ExecutionStore, 'append'>
  clients: Pick<ClientStore, 'find'>
  connections: Pick<ConnectionStore, 'findByName'>
  organizations: Pick<OrganizationStore, 'find'>
  roleAssignments: Pick<RoleAssignmentStore, 'namesOf'>
  factors: FactorRegistry
  loadSubject: LoadSubject
  clock: Clock
  logger: Logger
  tenantLog: Pick<TenantLog, 'record'>
  consoleFeed: ConsoleFeed
}

interface Leg {
  subject: Subject
  transaction: Transaction
  position: Position
  arrival: Arrival
}
export type RunLeg = (leg: Leg) => Promise<InputOf<'leg-ended'>>

const statusOf: Record<ExecutionResult['decision']['type'], ExecutionStatus> = {
  proceed: 'final',
  deny: 'final',
  pause: 'suspended',
  fail: 'partial',
}

const gather = async (
  deps: Deps,
  { subject, transaction, position, arrival }: Leg,
): Promise<Parameters<Runtime['execute']>[0]> => {
  const { tenant } = subject
  const { organizationId } = transaction
  const [actions, cache, client, connection, organization, roles] = await Promise.all([
    deps.catalogue.load(tenant.name, transaction.pinned),
    deps.actionCache.load(tenant.name, triggerId, deps.clock.now()),
    deps.clients.find(tenant.name, transaction.clientId),
    deps.connections.findByName(tenant.name, transaction.connection),
    organizationId === undefined ? undefined : deps.organizations.find(tenant.name, organizationId),
    deps.roleAssignments.namesOf(tenant.name, subject.user.id),
  ])
  if (!connection) throw new Error(`connection ${transaction.connection} is gone`)
  if (!client && transaction.clientId !== '') throw new Error(`client ${transaction.clientId} is gone`)
  if (!organization && organizationId !== undefined) throw new Error(`organization ${organizationId} is gone`)
  const event = buildEvent({
    subject,
    transaction,
    facts: arrival.facts,
    client,
    connection,
    organization,
    roles,
    ...(arrival.prompt ? { prompt: arrival.prompt } : {}),
  })
  return {
    tenant: tenant.name,
    actions,
    event: { ...event },
    position,
    cache,
    ...(arrival.redirectState === undefined ? {} : { redirectState: arrival.redirectState }),
    limits: effectiveLimits(tenant),
    ...(tenant.settings.egress_hosts && { egressHosts: tenant.settings.egress_hosts }),
  }
}

const execute = async (deps: Deps, leg: Leg): Promise<ExecutionResult> => {
  const request = await gather(deps, leg)
  const { printed, end } = openLegConsole({ ...deps, tenant: request.tenant, transaction: leg.transaction })
  const result = await deps.runtime.execute({ ...request, ...(printed && { printed }) })
  end(result.runs)
  return result
}

const logRun = (logger: Logger, leg: { tenant: string; executionId: string }, entry: ExecutionResultEntry): void => {
  const { actionName: action, handler, ending: outcome, error, warnings } = entry
  const facts = { ...leg, action, handler, outcome, ...(warnings.length > 0 && { warnings }) }
  if (outcome === 'completed') logger.info(facts, 'an action completed')
  else {
    const at = error?.stack?.split('\n')[1]?.trim()
    logger.warn({ ...facts, error: error?.message, cause: causeIn(error?.stack), at }, 'an action did not complete')
  }
}

/** `fetch failed` says why in its cause alone, a limit included. The guest writes causes behind the stack. */
const causeIn = (stack: string | undefined): string | undefined => stack?.match(/^ {2}\[cause\]: (.+)$/m)?.[1]

const record = async (deps: Deps, { subject, transaction, arrival }: Leg, result: ExecutionResult): Promise<void> => {
  const { executionId, pinned } = transaction
  if (!executionId) return
  const results = result.runs.map(({ action, ...report }) => {
    const { name, actionId, versionId } = pinned[action] ?? { name: '', actionId: '', versionId: '' }
    return { ...report, actionName: name, actionId, versionId }
  })
  await deps.executions.append(subject.tenant.name, executionId, {
    results,
    status: statusOf[result.decision.type],
    now: deps.clock.now(),
  })
  const leg = { tenant: subject.tenant.name, executionId }
  const facts = journeyFacts({ subject, transaction, facts: arrival.facts })
  for (const [index, entry] of results.entries()) {
    logRun(deps.logger, leg, entry)
    const bindingId = pinned[result.runs[index]?.action ?? -1]?.bindingId ?? ''
    const failed = executionFailed(facts, { executionId, bindingId, entry })
    if (failed) deps.tenantLog.record(subject.tenant.name, failed)
  }
}

export const runLeg =
  (deps: Deps): RunLeg =>
  async (leg) => {
    const { tenant } = leg.subject
    const result = await execute(deps, leg)
    await record(deps, leg, result)
    await deps.actionCache.apply(tenant.name, triggerId, result.cacheChanges, deps.clock.now())
    // An action may have taken long: what the user can be asked for is looked up after it, not before.
    const subject = await deps.loadSubject(tenant, leg.transaction.userId)
    if (!subject) throw new Error('the user was removed or blocked while the actions ran')
    return {
      type: 'leg-ended',
      decision: result.decision,
      ...(result.resultUrl === undefined ? {} : { resultUrl: result.resultUrl }),
      circumstances: circumstancesOf(subject, deps.factors, deps.clock.now()),
    }
  }
