import type { User, UserPatch } from '../../../users/user.ts'
import { mergeMetadata } from '../metadata.ts'
import { readProfile } from './profile-fields.ts'
import type { EditUserBody } from './user-schema.ts'

/** A new address is not verified until somebody says so. */
const patchEmail = ({ email, email_verified }: EditUserBody, user: User): UserPatch => {
  const address = email?.toLowerCase()
  const emailVerified = email_verified ?? (address !== undefined && address !== user.email ? false : undefined)
  return { ...(address !== undefined && { email: address }), ...(emailVerified !== undefined && { emailVerified }) }
}

export const patchUser = (body: EditUserBody, user: User): UserPatch => ({
  ...readProfile(body),
  ...patchEmail(body, user),
  ...(body.user_metadata !== undefined && { userMetadata: mergeMetadata(user.userMetadata, body.user_metadata) }),
  ...(body.app_metadata !== undefined && { appMetadata: mergeMetadata(user.appMetadata, body.app_metadata) }),
  ...(body.blocked !== undefined && { blocked: body.blocked }),
})
