import type { Vault } from '../../crypto/vault.ts'
import { createSqlActionCacheStore } from './action-cache-store.ts'
import { createSqlClientGrantStore } from './client-grant-store.ts'
import { createSqlClientStore } from './client-store.ts'
import { createSqlConnectionStore } from './connection-store.ts'
import { createSqlCustomTextStore } from './custom-text-store.ts'
import type { Database } from './database.ts'
import { createSqlEmailProviderStore } from './email-provider-store.ts'
import { createSqlEmailTemplateStore } from './email-template-store.ts'
import { createSqlEnrollmentStore } from './enrollment-store.ts'
import { createSqlExecutionStore } from './execution-store.ts'
import { createSqlKeptSettingsStore } from './kept-settings-store.ts'
import { createSqlLogStore } from './log-store.ts'
import { createSqlMembershipStore } from './membership-store.ts'
import { createSqlOrganizationStore } from './organization-store.ts'
import { createSqlRateLimitStore } from './rate-limit-store.ts'
import { createSqlRoleAssignmentStore } from './role-assignment-store.ts'
import { createSqlRoleStore } from './role-store.ts'
import { createSqlTenantStore } from './tenant-store.ts'
import { createSqlTicketStore } from './ticket-store.ts'
import { createSqlTransactionStore } from './transaction-store.ts'
import { createSqlUserStore } from './user-store.ts'

/** Every store but those of actions, which `action-store.ts` and its neighbours hold. */
export const createSqlStores = (db: Database, { vault }: { vault: Vault }) => ({
  tenants: createSqlTenantStore(db),
  keptSettings: createSqlKeptSettingsStore(db),
  customTexts: createSqlCustomTextStore(db),
  clients: createSqlClientStore(db),
  clientGrants: createSqlClientGrantStore(db),
  connections: createSqlConnectionStore(db),
  users: createSqlUserStore(db),
  roles: createSqlRoleStore(db),
  roleAssignments: createSqlRoleAssignmentStore(db),
  organizations: createSqlOrganizationStore(db),
  memberships: createSqlMembershipStore(db),
  enrollments: createSqlEnrollmentStore(db, vault),
  emailTemplates: createSqlEmailTemplateStore(db),
  emailProviders: createSqlEmailProviderStore(db, vault),
  executions: createSqlExecutionStore(db),
  logs: createSqlLogStore(db),
  tickets: createSqlTicketStore(db),
  transactions: createSqlTransactionStore(db),
  rateLimits: createSqlRateLimitStore(db),
  actionCache: createSqlActionCacheStore(db),
})
