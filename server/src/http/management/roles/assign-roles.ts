import type { RoleAssignmentStore } from '../../../roles/role.ts'
import { effectiveLimits } from '../../../tenants/limits.ts'
import type { Tenant } from '../../../tenants/tenant.ts'
import { overLimit } from '../over-limit.ts'
import { unknownUser } from '../users/unknown-user.ts'
import { unknownRole } from './unknown-role.ts'

/** Assigns each of these roles to each of these users, or refuses and assigns none. */
export const assignRoles = async (
  roleAssignments: Pick<RoleAssignmentStore, 'assign'>,
  tenant: Tenant,
  assignment: { users: readonly string[]; roles: readonly string[] },
): Promise<void> => {
  const most = effectiveLimits(tenant).rolesPerUser
  const result = await roleAssignments.assign(tenant.name, { ...assignment, most })
  if (result === 'unknown-user') throw unknownUser()
  if (result === 'unknown-role') throw unknownRole()
  if (result === 'too-many') throw overLimit(tenant, 'rolesPerUser')
}
