/** What the fields of a query over users are compared with. */
import { type Expression, type SqlBool, sql } from 'kysely'
import type { Query } from '../../search/query.ts'
import { isMetadataField, type SortableField, type UserField } from '../../users/user-search.ts'
import {
  type ColumnKind,
  type Condition,
  columnField,
  isWithin,
  type SearchedField,
  toCondition,
} from './search-condition.ts'
import type { UserRow } from './user-schema.ts'

type Column = { name: keyof UserRow; kind: ColumnKind }

const columns: Record<Exclude<UserField, 'email.domain' | `identities.${string}`> | 'identities.connection', Column> = {
  user_id: { name: 'id', kind: 'exact' },
  email: { name: 'emailKey', kind: 'key' },
  email_verified: { name: 'emailVerified', kind: 'flag' },
  username: { name: 'usernameKey', kind: 'key' },
  phone_number: { name: 'phoneNumber', kind: 'exact' },
  phone_verified: { name: 'phoneVerified', kind: 'flag' },
  name: { name: 'name', kind: 'name' },
  nickname: { name: 'nickname', kind: 'name' },
  given_name: { name: 'givenName', kind: 'name' },
  family_name: { name: 'familyName', kind: 'name' },
  blocked: { name: 'blocked', kind: 'flag' },
  logins_count: { name: 'loginsCount', kind: 'number' },
  created_at: { name: 'createdAt', kind: 'time' },
  updated_at: { name: 'updatedAt', kind: 'time' },
  last_password_reset: { name: 'lastPasswordReset', kind: 'time' },
  'identities.connection': { name: 'connection', kind: 'name' },
}

const never: Condition = sql<SqlBool>`1 = 0`
const always: Condition = sql<SqlBool>`1 = 1`

const emailKey = sql<string>`coalesce(${sql.ref('users.emailKey')}, '')`

/** What comes after the address's only `@`. */
const emailDomain: SearchedField = {
  matches({ how, text }) {
    const wanted = `@${text.toLowerCase()}`
    if (how === 'beginning') return sql<SqlBool>`replace(${emailKey}, ${wanted}, '') <> ${emailKey}`
    const length = [...wanted].length
    return sql<SqlBool>`substr(${emailKey}, length(${emailKey}) - ${length - 1}, ${length}) = ${wanted}`
  },
  within: () => never,
  exists: () => sql<SqlBool>`${sql.ref('users.emailKey')} is not null`,
}

/** Every account here is kept by the provider `auth0`. */
const provider: SearchedField = {
  matches: ({ how, text }) => ((how === 'beginning' ? 'auth0'.startsWith(text) : text === 'auth0') ? always : never),
  within: () => never,
  exists: () => always,
}

const idPrefix = 'auth0|'
const identityId: SearchedField = {
  matches: (match) => columnField('users.id', 'exact').matches({ ...match, text: idPrefix + match.text }),
  within: () => never,
  exists: () => always,
}

const derived: Record<Exclude<UserField, keyof typeof columns>, SearchedField> = {
  'email.domain': emailDomain,
  'identities.provider': provider,
  'identities.user_id': identityId,
}

const isNumber = (text: string | undefined): boolean => text === undefined || /^-?\d{1,15}(\.\d{1,15})?$/.test(text)

/** Behind every text that begins with this one, as texts are compared: by code points. */
const endOf = (text: string): string => `${text}\u{10ffff}`

const beginsOrdered = (column: Expression<string>, text: string): Condition =>
  sql<SqlBool>`(${column} >= ${text} and ${column} < ${endOf(text)})`

/** Any of a user's values that lie there, or below: `metadata-values.ts`. An index leads to them, so that a user with many costs no more. */
const metadataField = (tenant: string, path: string): SearchedField => {
  const column = (name: string) => sql.ref<string>(`metadataValues.${name}`)
  const [valuePath, value] = [column('path'), column('value')] as const
  const some = (condition: Condition): Condition =>
    sql<SqlBool>`exists (select 1 from ${sql.table('metadataValues')} where ${column('tenant')} = ${tenant} and ${column('userId')} = ${sql.ref('users.id')} and ${condition})`
  return {
    matches({ how, text }) {
      const wanted = text.toLowerCase()
      const fits = how === 'beginning' ? beginsOrdered(value, wanted) : sql<SqlBool>`${value} = ${wanted}`
      return some(sql<SqlBool>`${valuePath} = ${path} and ${fits}`)
    },
    within(range) {
      const isNumeric = isNumber(range.from?.text) && isNumber(range.to?.text)
      const fits = isNumeric
        ? isWithin(column('number'), range, Number)
        : isWithin(value, range, (text) => text.toLowerCase())
      return some(sql<SqlBool>`${valuePath} = ${path} and ${fits}`)
    },
    exists: () => some(sql<SqlBool>`(${valuePath} = ${path} or ${beginsOrdered(valuePath, `${path}.`)})`),
  }
}

const fieldOf = (tenant: string, field: UserField): SearchedField => {
  if (isMetadataField(field)) return metadataField(tenant, field)
  if (Object.hasOwn(derived, field)) return derived[field as keyof typeof derived]
  const { name, kind } = columns[field as keyof typeof columns]
  return columnField(`users.${name}`, kind)
}

export const userCondition = (tenant: string, query: Query): Condition =>
  toCondition(query, (field) => fieldOf(tenant, field as UserField))

const optional: readonly SortableField[] = [
  'email',
  'username',
  'phone_number',
  'name',
  'nickname',
  'given_name',
  'family_name',
  'last_password_reset',
]

export const sortColumn = (field: SortableField) => ({ ...columns[field], isOptional: optional.includes(field) })

/** What a search reads of each user. */
export const searchedColumns = [...new Set(Object.values(columns).map(({ name }) => name))]
