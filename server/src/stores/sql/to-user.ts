import type { User } from '../../users/user.ts'
import { withoutNulls } from './columns.ts'
import type { UserRow } from './user-schema.ts'

export const toUser = ({ tenant: _tenant, emailKey: _emailKey, usernameKey: _usernameKey, ...row }: UserRow): User => {
  const { phoneVerified, ...present } = withoutNulls(row)
  return {
    ...present,
    emailVerified: row.emailVerified === 1,
    ...(phoneVerified !== undefined && { phoneVerified: phoneVerified === 1 }),
    blocked: row.blocked === 1,
    userMetadata: JSON.parse(row.userMetadata),
    appMetadata: JSON.parse(row.appMetadata),
  }
}
