import type { Tenant } from '../../../tenants/tenant.ts'
import type { User } from '../../../users/user.ts'
import type { UserStore } from '../../../users/user-store.ts'
import { unknownUser } from './unknown-user.ts'

export const requireUser = async (
  { users }: { users: Pick<UserStore, 'find'> },
  tenant: Tenant,
  id: string,
): Promise<User> => {
  const user = await users.find(tenant.name, id)
  if (!user) throw unknownUser()
  return user
}
