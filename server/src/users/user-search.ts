/** What `q` may name when users are searched, in the API's words, and what its values are. */
import type { Query, SearchFields, ValueKind } from '../search/query.ts'

export const userFields = {
  user_id: 'text',
  email: 'text',
  'email.domain': 'text',
  email_verified: 'flag',
  username: 'text',
  phone_number: 'text',
  phone_verified: 'flag',
  name: 'text',
  nickname: 'text',
  given_name: 'text',
  family_name: 'text',
  blocked: 'flag',
  logins_count: 'number',
  created_at: 'time',
  updated_at: 'time',
  last_password_reset: 'time',
  'identities.connection': 'text',
  'identities.provider': 'text',
  'identities.user_id': 'text',
} as const satisfies Record<string, ValueKind>
export type UserField = keyof typeof userFields

const metadataField = /^(user_metadata|app_metadata)\../

export const isMetadataField = (field: string): boolean => metadataField.test(field)

/** `app_metadata.plan` and the like are fields too. */
export const userSearchFields: SearchFields = {
  kindOf: (field) =>
    isMetadataField(field) ? 'any' : Object.hasOwn(userFields, field) ? userFields[field as UserField] : undefined,
  names: [...Object.keys(userFields), 'user_metadata.…', 'app_metadata.…'],
}

export const sortableFields = [
  'user_id',
  'email',
  'email_verified',
  'username',
  'phone_number',
  'name',
  'nickname',
  'given_name',
  'family_name',
  'blocked',
  'logins_count',
  'created_at',
  'updated_at',
  'last_password_reset',
] as const satisfies readonly UserField[]
export type SortableField = (typeof sortableFields)[number]

export interface UserSearch {
  /** Its fields are known, and its values are what they are said to be: instants in ISO form, numbers, flags. */
  query?: Query
  connection?: string
  /** Users without the field come last. */
  order: { by: SortableField; direction: 'ascending' | 'descending' }
  offset: number
  limit: number
}

/** What can be paged through. */
export const mostUsers = 1_000
