/** The user chooses what to register. */
import { problem } from '../errors.ts'
import type { Enroller } from '../factors/enroller.ts'
import type { TenantLog } from '../logs/tenant-log.ts'
import type { Clock, Random } from '../ports.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { userFacts } from '../users/user-facts.ts'
import { type EnrollSession, isOfferedIn, type OpenSession, pendingLifeMs } from './enroll-session.ts'

type Deps = {
  openSession: OpenSession
  enrollers: readonly Enroller[]
  tenantLog: Pick<TenantLog, 'record'>
  random: Pick<Random, 'token'>
  clock: Clock
}

export type EnrollBegin = (choice: {
  tenant: Tenant
  session: EnrollSession
  type: string | undefined
}) => Promise<EnrollSession>

export const enrollBegin =
  ({ openSession, enrollers, tenantLog, random, clock }: Deps): EnrollBegin =>
  async ({ tenant, session, type }) => {
    const opened = await openSession(tenant, session)
    const { subject } = opened
    const enroller = enrollers.find((candidate) => candidate.type === type && isOfferedIn(opened, candidate))
    if (!enroller) throw problem('ERR_REQUEST_INVALID')
    const begun = await enroller.begin(subject)
    const details = { authenticator: { type: enroller.type } }
    tenantLog.record(tenant.name, { ...userFacts(subject.user), type: 'gd_start_enroll', details })
    const pending = { id: random.token(16), type: enroller.type, begun, expiresAt: clock.now() + pendingLifeMs }
    return { ...session, pending }
  }
