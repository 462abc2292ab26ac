/** Where the enrolment stands: the choice, or what was begun and waits for its confirmation. */
import { problem } from '../errors.ts'
import type { Enroller } from '../factors/enroller.ts'
import type { Clock } from '../ports.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { type EnrollSession, isOfferedIn, type OpenSession, type PendingEnrollment } from './enroll-session.ts'
import type { EnrollView } from './enroll-view.ts'

type Deps = { openSession: OpenSession; enrollers: readonly Enroller[]; clock: Clock }

export type EnrollShow = (shown: {
  tenant: Tenant
  session: EnrollSession
  page: 'choose' | 'confirm'
}) => Promise<EnrollView>

export const pendingView = (enrollers: readonly Enroller[], { type, begun }: PendingEnrollment): EnrollView => {
  const enroller = enrollers.find((candidate) => candidate.type === type)
  if (!enroller) throw problem('ERR_STEP_NOT_OPEN')
  return { page: 'enroll-confirm', enroller: enroller.view(begun) }
}

export const enrollShow =
  ({ openSession, enrollers, clock }: Deps): EnrollShow =>
  async ({ tenant, session, page }) => {
    const opened = await openSession(tenant, session)
    const { pending } = session
    if (page === 'confirm' && pending && clock.now() < pending.expiresAt) return pendingView(enrollers, pending)
    return {
      page: 'enroll-choose',
      offered: enrollers.filter((enroller) => isOfferedIn(opened, enroller)).map(({ type }) => type),
      // A passkey is asked for elsewhere, and protects nothing here.
      enrolled: opened.subject.enrollments
        .filter(({ type }) => type !== 'passkey')
        .map(({ type, createdAt }) => ({ type, createdAt })),
    }
  }
