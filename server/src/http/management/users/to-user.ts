import type { User } from '../../../users/user.ts'
import { toTimestamp } from '../timestamp.ts'
import { showProfile } from './profile-fields.ts'

const whenFilled = (metadata: Record<string, unknown>) => (Object.keys(metadata).length > 0 ? metadata : undefined)

/** A user as the management API shows it. What is not there is left out. */
export const toUserAnswer = (user: User) => ({
  user_id: user.id,
  email: user.email,
  email_verified: user.email === undefined ? undefined : user.emailVerified,
  ...showProfile(user),
  identities: [
    {
      connection: user.connection,
      user_id: user.id.slice(user.id.indexOf('|') + 1),
      provider: 'auth0',
      isSocial: false,
    },
  ],
  user_metadata: whenFilled(user.userMetadata),
  app_metadata: whenFilled(user.appMetadata),
  blocked: user.blocked || undefined,
  logins_count: user.loginsCount,
  last_password_reset: user.lastPasswordReset === undefined ? undefined : toTimestamp(user.lastPasswordReset),
  created_at: toTimestamp(user.createdAt),
  updated_at: toTimestamp(user.updatedAt),
})
