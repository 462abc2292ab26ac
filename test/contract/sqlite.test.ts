import { describe } from 'vitest'
import { createSqlStores } from '../../server/src/stores/sql/sql-stores.ts'
import { addTenants, createDatabaseFile, vault } from '../support/database.ts'
import { actionCacheContract } from './action-cache.contract.ts'
import { checkpointContract } from './checkpoint.contract.ts'
import { clientContract } from './client.contract.ts'
import { clientAssertionContract } from './client-assertion.contract.ts'
import { clientGrantContract } from './client-grant.contract.ts'
import { connectionContract } from './connection.contract.ts'
import { customTextContract } from './custom-text.contract.ts'
import { emailProviderContract } from './email-provider.contract.ts'
import { emailTemplateContract } from './email-template.contract.ts'
import { type OpenEngine, otherTenant, type Stores, tenant } from './engine.ts'
import { enrollmentContract } from './enrollment.contract.ts'
import { executionContract } from './execution.contract.ts'
import { keptSettingsContract } from './kept-settings.contract.ts'
import { logContract } from './log.contract.ts'
import { organizationContract } from './organization.contract.ts'
import { rateLimitContract } from './rate-limit.contract.ts'
import { roleContract } from './role.contract.ts'
import { tenantContract } from './tenant.contract.ts'
import { ticketContract } from './ticket.contract.ts'
import { transactionContract } from './transaction.contract.ts'
import { userContract } from './user.contract.ts'
import { userSearchContract } from './user-search.contract.ts'

describe('SQLite', () => {
  const open: OpenEngine<Stores> = async () => {
    const file = await createDatabaseFile()
    const [one, two] = [await file.open(), await file.open()]
    await addTenants(one, [tenant, otherTenant])
    return { one: createSqlStores(one, { vault }), two: createSqlStores(two, { vault }), close: file.remove }
  }

  tenantContract(open)
  keptSettingsContract(open)
  customTextContract(open)
  clientContract(open)
  clientGrantContract(open)
  connectionContract(open)
  userContract(open)
  userSearchContract(open)
  roleContract(open)
  organizationContract(open)
  enrollmentContract(open)
  emailTemplateContract(open)
  emailProviderContract(open)
  executionContract(open)
  logContract(open)
  ticketContract(open)
  transactionContract(open)
  rateLimitContract(open)
  clientAssertionContract(open)
  actionCacheContract(open)
  checkpointContract(open)
})
