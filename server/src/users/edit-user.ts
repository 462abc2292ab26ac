import type { User, UserPatch } from './user.ts'

/**
 * Reads, decides and writes in one transaction, so that two edits at once both count. `change` must be synchronous; what
 * it throws undoes everything.
 */
export type EditUser = (
  tenant: string,
  id: string,
  edit: { now: number; change: (user: User) => UserPatch },
) => Promise<User | 'exists' | undefined>
