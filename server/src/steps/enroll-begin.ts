/** The user chooses what to register. */
import { problem } from '../errors.ts'
import type { Enroller } from '../factors/enroller.ts'
import type { Clock, Random } from '../ports.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { type EnrollSession, type OpenSession, pendingLifeMs } from './enroll-session.ts'

type Deps = { openSession: OpenSession; enrollers: readonly Enroller[]; random: Pick<Random, 'token'>; clock: Clock }

export type EnrollBegin = (choice: {
  tenant: Tenant
  session: EnrollSession
  type: string | undefined
}) => Promise<EnrollSession>

/** More than anybody needs; the page is no place to fill the store from. */
const mostEnrollments = 20

export const enrollBegin =
  ({ openSession, enrollers, random, clock }: Deps): EnrollBegin =>
  async ({ tenant, session, type }) => {
    const subject = await openSession(tenant, session)
    const enroller = enrollers.find((candidate) => candidate.type === type && candidate.isOffered(subject))
    if (!enroller) throw problem('ERR_REQUEST_INVALID')
    if (subject.enrollments.length >= mostEnrollments) throw problem('ERR_TOO_MANY_REQUESTS')
    const begun = await enroller.begin(subject)
    const pending = { id: random.token(16), type: enroller.type, begun, expiresAt: clock.now() + pendingLifeMs }
    return { ...session, pending }
  }
