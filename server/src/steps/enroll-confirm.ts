/**
 * The user proves that the authenticator works, and it is stored.
 *
 * - what was begun can be confirmed once, by one write that only the first one wins
 * - a new recovery code takes the place of the earlier one
 * - nobody gets more factors than the tenant's limit says, however many links are open at once
 * - the user is told by mail
 */
import type { Enroller } from '../factors/enroller.ts'
import type { Answer, Subject } from '../factors/factor.ts'
import type { TenantLog } from '../logs/tenant-log.ts'
import type { Background, Clock } from '../ports.ts'
import type { RateLimitStore } from '../rate-limits/rate-limit.ts'
import { effectiveLimits } from '../tenants/limits.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { Enrollment, EnrollmentStore } from '../users/enrollment.ts'
import type { User } from '../users/user.ts'
import { userFacts } from '../users/user-facts.ts'
import { type EnrollSession, type OpenSession, pendingLifeMs } from './enroll-session.ts'
import { pendingView } from './enroll-show.ts'
import type { EnrollView } from './enroll-view.ts'
import { tellWhenLost } from './lost-mail.ts'

type Deps = {
  openSession: OpenSession
  enrollers: readonly Enroller[]
  enrollments: Pick<EnrollmentStore, 'add' | 'replace'>
  rateLimits: Pick<RateLimitStore, 'attempt'>
  sendFactorAdded: (tenant: Tenant, user: User) => Promise<void>
  background: Background
  tenantLog: Pick<TenantLog, 'record'>
  clock: Clock
}

export type Confirmed =
  | { result: 'added'; session: EnrollSession }
  | { result: 'wrong'; view: EnrollView }
  /** Confirmed before, expired, or never begun. */
  | { result: 'nothing-pending' }
  /** Others were added meanwhile, as many as the user may have. */
  | { result: 'too-many' }
export type EnrollConfirm = (confirmation: {
  tenant: Tenant
  session: EnrollSession
  answer: Answer
}) => Promise<Confirmed>

const store = ({ enrollments }: Deps, { tenant, user }: Subject, enrollment: Enrollment) => {
  const most = effectiveLimits(tenant).factorsPerUser
  return enrollment.type === 'recovery-code'
    ? enrollments.replace(tenant.name, user.id, { of: 'recovery-code', by: [enrollment], most })
    : enrollments.add(tenant.name, enrollment, { most })
}

export const enrollConfirm =
  (deps: Deps): EnrollConfirm =>
  async ({ tenant, session, answer }) => {
    const { subject } = await deps.openSession(tenant, session)
    const { pending, ...rest } = session
    const now = deps.clock.now()
    const enroller = deps.enrollers.find(({ type }) => type === pending?.type)
    if (!pending || !enroller || now >= pending.expiresAt) return { result: 'nothing-pending' }

    const enrollment = await enroller.confirm(subject, pending.begun, answer)
    if (enrollment === 'failed') {
      const view = pendingView(deps.enrollers, pending)
      return { result: 'wrong', view: view.page === 'enroll-confirm' ? { ...view, error: 'not-confirmed' } : view }
    }
    const once = { most: 1, windowMs: pendingLifeMs }
    const first = await deps.rateLimits.attempt(tenant.name, `enroll:${pending.id}`, once, now)
    if (!first.allowed) return { result: 'nothing-pending' }

    if ((await store(deps, subject, enrollment)) === 'too-many') return { result: 'too-many' }
    const details = { authenticator: { id: enrollment.id, type: enrollment.type } }
    deps.tenantLog.record(tenant.name, { ...userFacts(subject.user), type: 'gd_enrollment_complete', details })
    deps.background.run('send factor-added mail', () => {
      const sending = deps.sendFactorAdded(tenant, subject.user)
      return tellWhenLost(deps, tenant.name, { sending, title: 'A factor was added', facts: userFacts(subject.user) })
    })
    return { result: 'added', session: rest }
  }
