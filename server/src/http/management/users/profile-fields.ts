/** Fields of a user that go in and out as they are: the API's name, and the record's. */
import type { User, UserPatch } from '../../../users/user.ts'
import type { CreateUser } from './user-schema.ts'

const profileFields = {
  username: 'username',
  phone_number: 'phoneNumber',
  phone_verified: 'phoneVerified',
  name: 'name',
  nickname: 'nickname',
  given_name: 'givenName',
  family_name: 'familyName',
  picture: 'picture',
} as const satisfies Record<string, keyof UserPatch>

type ProfileFields = typeof profileFields
type Profile = Pick<UserPatch, ProfileFields[keyof ProfileFields]>

const entries = Object.entries(profileFields)

/** Only what the body has; `null` in it removes a field. */
export const readProfile = (body: { readonly [Name in keyof ProfileFields]?: unknown }): Profile => {
  const given = entries.filter(([name]) => body[name as keyof ProfileFields] !== undefined)
  return Object.fromEntries(given.map(([name, field]) => [field, body[name as keyof ProfileFields] ?? undefined]))
}

/** The same where the schema lets no `null` pass. */
export const newProfile = readProfile as (body: CreateUser) => {
  [Field in keyof Profile]?: NonNullable<Profile[Field]>
}

export const showProfile = (user: User): { [Name in keyof ProfileFields]?: User[ProfileFields[Name]] } =>
  Object.fromEntries(entries.map(([name, field]) => [name, user[field]]))
