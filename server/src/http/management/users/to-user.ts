import { z } from 'zod'
import type { User } from '../../../users/user.ts'
import { toTimestamp } from '../timestamp.ts'
import { showProfile } from './profile-fields.ts'

const whenFilled = (metadata: Record<string, unknown>) => (Object.keys(metadata).length > 0 ? metadata : undefined)

const metadata = z.record(z.string(), z.unknown())

export const userAnswer = z
  .object({
    user_id: z.string(),
    email: z.string().optional(),
    email_verified: z.boolean().optional(),
    username: z.string().optional(),
    phone_number: z.string().optional(),
    phone_verified: z.boolean().optional(),
    name: z.string().optional(),
    nickname: z.string().optional(),
    given_name: z.string().optional(),
    family_name: z.string().optional(),
    picture: z.string().optional(),
    identities: z.array(
      z.object({ connection: z.string(), user_id: z.string(), provider: z.string(), isSocial: z.boolean() }),
    ),
    user_metadata: metadata.optional(),
    app_metadata: metadata.optional(),
    blocked: z.boolean().optional(),
    logins_count: z.int(),
    last_password_reset: z.string().optional(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'User' })

/** A user as the management API shows it. What is not there is left out. */
export const toUserAnswer = (user: User): z.input<typeof userAnswer> => ({
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
