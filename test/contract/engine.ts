/**
 * What a contract suite runs on: the same stores twice, over two connections of their own, as two nodes would have them.
 * Every engine knows two tenants; what one stores the other must not find.
 */
import { afterEach, beforeEach } from 'vitest'
import type { ActionCacheStore } from '../../server/src/cache/action-cache.ts'
import type { ClientGrantStore } from '../../server/src/client-grants/client-grant.ts'
import type { ClientStore } from '../../server/src/clients/client.ts'
import type { ConnectionStore } from '../../server/src/connections/connection.ts'
import type { CustomTextStore } from '../../server/src/custom-texts/custom-text-store.ts'
import type { EmailProviderStore } from '../../server/src/email-providers/email-provider.ts'
import type { EmailTemplateStore } from '../../server/src/email-templates/email-template.ts'
import type { ExecutionStore } from '../../server/src/executions/execution.ts'
import type { LogStore } from '../../server/src/logs/log-store.ts'
import type { MembershipStore, OrganizationStore } from '../../server/src/organizations/organization.ts'
import type { RateLimitStore } from '../../server/src/rate-limits/rate-limit.ts'
import type { RoleAssignmentStore, RoleStore } from '../../server/src/roles/role.ts'
import type { KeptSettingsStore } from '../../server/src/tenants/kept-settings.ts'
import type { TenantStore } from '../../server/src/tenants/tenant-store.ts'
import type { TicketStore } from '../../server/src/tickets/ticket.ts'
import type { TransactionStore } from '../../server/src/transactions/transaction.ts'
import type { EnrollmentStore } from '../../server/src/users/enrollment.ts'
import type { UserStore } from '../../server/src/users/user-store.ts'

export interface ShortLivedStores {
  tickets: TicketStore
  transactions: TransactionStore
  rateLimits: RateLimitStore
  actionCache: ActionCacheStore
}

export interface Stores extends ShortLivedStores {
  tenants: TenantStore
  keptSettings: KeptSettingsStore
  customTexts: CustomTextStore
  clients: ClientStore
  clientGrants: ClientGrantStore
  connections: ConnectionStore
  users: UserStore
  organizations: OrganizationStore
  memberships: MembershipStore
  roles: RoleStore
  roleAssignments: RoleAssignmentStore
  enrollments: EnrollmentStore
  emailTemplates: EmailTemplateStore
  emailProviders: EmailProviderStore
  executions: ExecutionStore
  logs: LogStore
}

export interface Nodes<Kept> {
  one: Kept
  two: Kept
}

export type OpenEngine<Kept> = () => Promise<Nodes<Kept> & { close(): Promise<void> }>

export const tenant = 'acme'
export const otherTenant = 'globex'

/** An empty engine for each test of the suite. */
export const useEngine = <Kept>(open: OpenEngine<Kept>): Nodes<Kept> => {
  let opened: Awaited<ReturnType<OpenEngine<Kept>>> | undefined
  const running = () => {
    if (!opened) throw new Error('The engine runs during tests only.')
    return opened
  }
  beforeEach(async () => {
    opened = await open()
  })
  afterEach(async () => {
    await opened?.close()
    opened = undefined
  })
  return {
    get one() {
      return running().one
    },
    get two() {
      return running().two
    },
  }
}

/** Twenty at once, half of them on each node. */
export const race = <Kept, Result>(
  nodes: Nodes<Kept>,
  attempt: (stores: Kept, index: number) => Promise<Result>,
): Promise<Result[]> =>
  Promise.all(Array.from({ length: 20 }, (_, index) => attempt(index % 2 === 0 ? nodes.one : nodes.two, index)))

/** Near the real time, so that Redis does not expire what the test still needs. */
export const now = Date.now()
export const minute = 60_000

/** Text that breaks what is glued together, cut or counted carelessly. */
export const awkwardTexts = [
  '__proto__',
  'constructor',
  'a:b}c{d',
  '',
  'ключ 🔑 ﷽',
  "'; drop table users; --",
  '\u0000',
  '%',
  '*',
]
