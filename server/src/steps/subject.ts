/** The person a transaction is about, with everything the factors and the event need to know of them. */
import type { Subject } from '../factors/factor.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { EnrollmentStore } from '../users/enrollment.ts'
import type { UserStore } from '../users/user-store.ts'

type Deps = { users: Pick<UserStore, 'find'>; enrollments: Pick<EnrollmentStore, 'list'> }

export type LoadSubject = (tenant: Tenant, userId: string) => Promise<Subject | undefined>

export const loadSubject =
  ({ users, enrollments }: Deps): LoadSubject =>
  async (tenant, userId) => {
    const [user, enrolled] = await Promise.all([users.find(tenant.name, userId), enrollments.list(tenant.name, userId)])
    return user && !user.blocked ? { tenant, user, enrollments: enrolled } : undefined
  }
