/** Factors on real SQLite stores, with a clock that is set by hand and an outbox that is read back. */

import { systemRandom } from '../../../server/src/crypto/random.ts'
import type { Subject } from '../../../server/src/factors/factor.ts'
import type { CodeMessageFacts } from '../../../server/src/factors/phone-code.ts'
import { createFactorRegistry } from '../../../server/src/factors/registry.ts'
import type { CodeFacts } from '../../../server/src/factors/sent-code.ts'
import { composeCodeMail } from '../../../server/src/mail/code-mail.ts'
import { createOutbox } from '../../../server/src/mail/outbox.ts'
import { composeCodeMessage } from '../../../server/src/phone/code-message.ts'
import { createSqlStores } from '../../../server/src/stores/sql/sql-stores.ts'
import { guardianFactorNames, type Tenant } from '../../../server/src/tenants/tenant.ts'
import type { Enrollment } from '../../../server/src/users/enrollment.ts'
import type { User } from '../../../server/src/users/user.ts'
import { addTenants, aTenant, createDatabaseFile, vault } from '../../support/database.ts'

export const createFactorSetting = async () => {
  const file = await createDatabaseFile()
  const db = await file.open()
  await addTenants(db, ['one', 'two'])
  const stores = createSqlStores(db, { vault })
  let now = Date.UTC(2030, 0, 1)
  const clock = { now: () => now }
  const outbox = createOutbox(clock)
  const underWay: Promise<void>[] = []
  const background = { run: (_name: string, work: () => Promise<void>) => void underWay.push(work()) }
  const deps = {
    ...stores,
    ...outbox,
    vault,
    clock,
    background,
    random: systemRandom,
    sendCodeMail: (facts: CodeFacts) => outbox.mailer.send(facts.tenant.name, composeCodeMail(facts)),
    composeCodeMessage: async (facts: CodeMessageFacts) => composeCodeMessage(facts),
    tenantLog: { record: () => {} },
  }
  const tenant: Tenant = { ...aTenant('one'), factors: guardianFactorNames }
  let users = 0

  return {
    stores,
    clock,
    tenant,
    factors: createFactorRegistry(deps),
    pass(milliseconds: number) {
      now += milliseconds
    },
    /** A stored user with these enrollments, as the flow would load them. */
    async subject(enrollments: readonly EnrollmentFields[] = [], fields: Partial<User> = {}): Promise<Subject> {
      const user = aUser(`auth0|${++users}`, fields)
      await stores.users.create(tenant.name, user)
      for (const [index, own] of enrollments.entries()) {
        const id = `${own.type}|dev_${users}${index}`
        await stores.enrollments.add(tenant.name, { id, userId: user.id, createdAt: now, ...own } as Enrollment)
      }
      return { tenant, user, enrollments: await stores.enrollments.list(tenant.name, user.id) }
    },
    async reload(subject: Subject): Promise<Subject> {
      return { ...subject, enrollments: await stores.enrollments.list(tenant.name, subject.user.id) }
    },
    /** What was sent last, once it was. */
    async lastSent() {
      await Promise.all(underWay)
      const [message] = outbox.list()
      if (!message) throw new Error('Nothing was sent.')
      return message
    },
    sentCount: () => outbox.list().length,
    close: () => file.remove(),
  }
}
export type FactorSetting = Awaited<ReturnType<typeof createFactorSetting>>

type Own<T> = T extends unknown ? Omit<T, 'id' | 'userId' | 'createdAt'> : never
export type EnrollmentFields = Own<Enrollment>

const aUser = (id: string, fields: Partial<User>): User => ({
  id,
  connection: 'Username-Password-Authentication',
  email: `${id.replace('|', '-')}@example.com`,
  emailVerified: true,
  userMetadata: {},
  appMetadata: {},
  blocked: false,
  loginsCount: 0,
  createdAt: 0,
  updatedAt: 0,
  ...fields,
})

export const codeIn = (text: string): string => /\b\d{6}\b/.exec(text)?.[0] ?? ''
