import type { User, UserPatch } from '../../../users/user.ts'
import { invalidBody } from '../../wire-problem.ts'
import { mergeMetadata } from '../metadata.ts'
import { readProfile } from './profile-fields.ts'
import type { EditUserBody } from './user-schema.ts'

/** A new address is not verified until somebody says so. */
const patchEmail = ({ email, email_verified }: EditUserBody, user: User): UserPatch => {
  const address = email?.toLowerCase()
  const isNew = email !== undefined && address !== user.email
  const emailVerified = email === null ? false : (email_verified ?? (isNew ? false : undefined))
  return {
    ...(email !== undefined && { email: address }),
    ...(emailVerified !== undefined && { emailVerified }),
  }
}

/** Nor is a new number. */
const patchPhone = ({ phone_number, phone_verified }: EditUserBody, user: User): UserPatch => {
  const isNew = phone_number !== undefined && (phone_number ?? undefined) !== user.phoneNumber
  if (!isNew || (phone_verified !== undefined && phone_number !== null)) return {}
  return { phoneVerified: phone_number === null ? undefined : false }
}

/** Without any there would be no way to find the user. */
const requireIdentifier = (user: Pick<UserPatch, 'email' | 'username' | 'phoneNumber'>): void => {
  if ((user.email ?? user.username ?? user.phoneNumber) !== undefined) return
  throw invalidBody('A user needs an email, a username or a phone_number')
}

/** Throws when the user would be left without an identifier. */
export const patchUser = (body: EditUserBody, user: User): UserPatch => {
  const patch: UserPatch = {
    ...readProfile(body),
    ...patchEmail(body, user),
    ...patchPhone(body, user),
    ...(body.user_metadata !== undefined && { userMetadata: mergeMetadata(user.userMetadata, body.user_metadata) }),
    ...(body.app_metadata !== undefined && { appMetadata: mergeMetadata(user.appMetadata, body.app_metadata) }),
    ...(body.blocked !== undefined && { blocked: body.blocked }),
  }
  requireIdentifier({ ...user, ...patch })
  return patch
}
