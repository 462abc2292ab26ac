/** What a tenant calls a set of rights. Here it is a name that actions read: what it opens is decided elsewhere. */
import type { Listed, Page, Slice, Sliced } from '../page.ts'
import type { Patch } from '../patch.ts'

export interface Role {
  /** `rol_` and 16 base62 characters. */
  id: string
  /** Of one role in the tenant: actions know roles by name. */
  name: string
  description?: string
}

export interface RoleStore {
  create(tenant: string, role: Role, most: number): Promise<'created' | 'name-taken' | 'too-many'>
  find(tenant: string, id: string): Promise<Role | undefined>
  /** In the order they were created; `name` keeps those whose name contains it, whatever the case. */
  list(tenant: string, filter: { name?: string }, page: Page): Promise<Listed<Role>>
  update(tenant: string, id: string, patch: Patch<Omit<Role, 'id'>>): Promise<Role | 'name-taken' | undefined>
  /** Takes it away from everybody who has it. */
  remove(tenant: string, id: string): Promise<'removed' | 'unknown'>
}

/** Which users have which roles. */
export interface RoleAssignmentStore {
  /** All of them or none. A role the user already has stays as it is; `most` is how many one user may have. */
  assign(
    tenant: string,
    assignment: { users: readonly string[]; roles: readonly string[]; most: number },
  ): Promise<'assigned' | 'unknown-role' | 'unknown-user' | 'too-many'>
  /** Roles the user does not have, or that do not exist, are passed over. */
  unassign(tenant: string, userId: string, roles: readonly string[]): Promise<void>
  /** In the order they were assigned. */
  rolesOf(tenant: string, userId: string, page: Page): Promise<Listed<Role>>
  /** Ids, in the order in which the role was assigned. */
  usersWith(tenant: string, roleId: string, slice: Slice): Promise<Sliced<string>>
  /** All names, in the order they were assigned. */
  namesOf(tenant: string, userId: string): Promise<string[]>
}
