/** A search that an index serves need not look at all users: those are read whom a condition leaves by its id, address or metadata. */
import type { Query } from '../../search/query.ts'
import { isMetadataField } from '../../users/user-search.ts'
import type { Database } from './database.ts'
import { inTurn } from './read-in-parts.ts'

/** Beyond that reading all users in their order takes no longer. */
const few = 1_000

type Match = Extract<Query, { op: 'match' }>

const withAddress = async (db: Database, tenant: string, address: string): Promise<string[]> => {
  const users = db.selectFrom('users').select('id').where('tenant', '=', tenant)
  const rows = await users
    .where('emailKey', '=', address.toLowerCase())
    .limit(few + 1)
    .execute()
  return rows.map(({ id }) => id)
}

const withMetadata = async (db: Database, tenant: string, { field, text }: Match): Promise<string[]> => {
  const values = db.selectFrom('metadataValues').select('userId').where('tenant', '=', tenant)
  const found = values.where('path', '=', field).where('value', '=', text.toLowerCase())
  const rows = await found.limit(few + 1).execute()
  return rows.map(({ userId }) => userId)
}

const idsOf = async (db: Database, tenant: string, match: Match): Promise<string[] | undefined> => {
  const { field, text } = match
  if (match.how === 'beginning') return undefined
  if (field === 'user_id') return [text]
  if (field === 'identities.user_id') return [`auth0|${text}`]
  if (field === 'email') return (await inTurn(tenant, () => withAddress(db, tenant, text))).result
  if (isMetadataField(field)) return (await inTurn(tenant, () => withMetadata(db, tenant, match))).result
  return undefined
}

/** All who can match, and maybe some who do not; `undefined` where there may be more than an index is good for. */
export const findCandidates = async (
  db: Database,
  tenant: string,
  query: Query,
): Promise<ReadonlySet<string> | undefined> => {
  if (query.op === 'match') {
    const ids = await idsOf(db, tenant, query)
    return ids && ids.length <= few ? new Set(ids) : undefined
  }
  if (query.op === 'and') {
    for (const part of query.of) {
      const candidates = await findCandidates(db, tenant, part)
      if (candidates) return candidates
    }
  }
  if (query.op !== 'or') return undefined
  const all = new Set<string>()
  for (const part of query.of) {
    const candidates = await findCandidates(db, tenant, part)
    if (!candidates) return undefined
    for (const id of candidates) all.add(id)
  }
  return all
}
