import type { Connection } from '../../../connections/connection.ts'
import type { Clock, Random } from '../../../ports.ts'
import type { User } from '../../../users/user.ts'
import { invalidBody } from '../../wire-problem.ts'
import { requireStorable } from '../metadata.ts'
import { hashCheckedPassword } from './password.ts'
import { newProfile } from './profile-fields.ts'
import type { CreateUser } from './user-schema.ts'

/** The vendor's form: 24 hex characters. */
const mintUserId = (random: Pick<Random, 'token'>): string => Buffer.from(random.token(12), 'base64url').toString('hex')

const requireIdentifier = ({ email, username, phone_number }: CreateUser): void => {
  if (email !== undefined || username !== undefined || phone_number !== undefined) return
  throw invalidBody('Missing required property: email (or username, or phone_number)')
}

export const newUser = async (
  { random, clock }: { random: Pick<Random, 'token'>; clock: Clock },
  body: CreateUser,
  { tenant, connection }: { tenant: string; connection: Connection },
): Promise<User> => {
  requireIdentifier(body)
  const now = clock.now()
  const { email, password } = body
  return {
    id: `auth0|${body.user_id ?? mintUserId(random)}`,
    connection: connection.name,
    ...(email !== undefined && { email: email.toLowerCase(), name: email, nickname: email.split('@')[0] ?? email }),
    ...newProfile(body),
    ...(password !== undefined && {
      passwordHash: await hashCheckedPassword(password, { ...body, tenant, connection }),
      passwordChangedAt: now,
    }),
    emailVerified: body.email_verified ?? false,
    userMetadata: requireStorable(body.user_metadata ?? {}),
    appMetadata: requireStorable(body.app_metadata ?? {}),
    blocked: body.blocked ?? false,
    loginsCount: 0,
    createdAt: now,
    updatedAt: now,
  }
}
