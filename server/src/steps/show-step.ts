/**
 * Shows the page of the step the user is at. A user who is to be sent away is sent away with a new `state` each time, and
 * a question that a crash left unput is put now.
 */
import { resetOriginOf } from '../branding/reset-origin.ts'
import type { ClientStore } from '../clients/client.ts'
import type { FactorRegistry } from '../factors/factor.ts'
import type { Organization, OrganizationStore } from '../organizations/organization.ts'
import type { Random } from '../ports.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { composeState, hashState } from '../transactions/secret.ts'
import type { Advance } from './advance.ts'
import type { Opened, OpenTransaction } from './open-transaction.ts'
import type { RequestFacts } from './request-facts.ts'
import { toView } from './to-view.ts'
import type { Shown, View } from './view.ts'

type Deps = {
  openTransaction: OpenTransaction
  advance: Advance
  clients: Pick<ClientStore, 'find'>
  organizations: Pick<OrganizationStore, 'find'>
  factors: FactorRegistry
  random: Random
}

interface Visit {
  tenant: Tenant
  browserSecret: string | undefined
  facts: RequestFacts
}
export type ShowStep = (visit: Visit) => Promise<Shown>

const leave = async ({ advance, random }: Deps, opened: Opened, facts: RequestFacts): Promise<Opened | string> => {
  const { transaction, subject } = opened
  if (transaction.journey.state.name !== 'redirecting') return opened
  const state = composeState(random.token(16), transaction.id)
  const stateHash = hashState(state)
  const left = await advance({ ...opened, input: { type: 'state-minted', stateHash }, arrival: { facts } })
  if (left.journey.state.name !== 'redirecting' || left.journey.state.stateHash !== stateHash) {
    return { transaction: left, subject }
  }
  const url = new URL(left.journey.state.url)
  url.searchParams.set('state', state)
  return url.href
}

const putQuestion = async ({ advance }: Deps, opened: Opened, facts: RequestFacts): Promise<Opened> => {
  const { state } = opened.transaction.journey
  if (state.name !== 'challenging' || state.progress.stage !== 'beginning') return opened
  const transaction = await advance({ ...opened, input: { type: 'question-asked-again' }, arrival: { facts } })
  return { ...opened, transaction }
}

/** The login is told on whose behalf the user comes, in the vendor's parameters. */
const onBehalfOf = (organization: Organization | undefined, wayOn: string): string => {
  if (!organization) return wayOn
  const url = new URL(wayOn)
  url.searchParams.set('organization_id', organization.id)
  url.searchParams.set('organization_name', organization.name)
  return url.href
}

/** Who has no result URL goes on to the application's login, else to where the tenant sends everybody. */
const withWayOn = async ({ clients, organizations, factors }: Deps, opened: Opened, tenant: Tenant): Promise<View> => {
  const view = toView(opened, factors)
  if (view.page !== 'done' || view.resultUrl !== undefined) return view
  const { clientId, organizationId } = opened.transaction
  const client = await clients.find(tenant.name, clientId)
  const wayOn = client?.initiateLoginUri ?? tenant.settings.default_redirection_uri
  if (wayOn === undefined) return view
  const organization = organizationId === undefined ? undefined : await organizations.find(tenant.name, organizationId)
  return { ...view, resultUrl: onBehalfOf(organization, wayOn) }
}

export const showStep =
  (deps: Deps): ShowStep =>
  async ({ tenant, browserSecret, facts }) => {
    const opened = await putQuestion(deps, await deps.openTransaction(tenant, browserSecret), facts)
    const origin = resetOriginOf(opened.transaction)
    const left = await leave(deps, opened, facts)
    if (typeof left === 'string') return { view: { page: 'redirect', url: left }, origin }
    return { view: await withWayOn(deps, left, tenant), origin }
  }
