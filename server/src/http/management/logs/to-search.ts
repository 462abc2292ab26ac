/** `q` and `search` as one query whose dates are instants. */
import { searchableFields } from '../../../logs/log-store.ts'
import { checkValues } from '../../../search/check-values.ts'
import { mostTerms, tooManyTerms } from '../../../search/parse-query.ts'
import { type Query, QueryError, type SearchFields } from '../../../search/query.ts'
import { orRefuse, readQuery } from '../search-query.ts'

const names: ReadonlySet<string> = new Set(searchableFields)

const fields: SearchFields = {
  kindOf: (field) => (field === 'date' ? 'time' : names.has(field) ? 'text' : undefined),
  names: searchableFields,
}

/** The vendor's older form: `application:`, `connection:` and `user:`, or just the beginning of one of them. */
const searchFields: Record<string, string> = { application: 'client_name', connection: 'connection', user: 'user_name' }

const searchTerm = /(?:(\w+):)?(?:"([^"]*)"|([^\s"]+))/g

const parseSearch = (text: string): Query => {
  const of = [...text.matchAll(searchTerm)].map(([, name, quoted, word = '']): Query => {
    const how = quoted === undefined ? ('beginning' as const) : ('whole' as const)
    const match = (field: string): Query => ({ op: 'match', field, how, text: quoted ?? word })
    if (name === undefined) return { op: 'or', of: Object.values(searchFields).map(match) }
    const field = searchFields[name] ?? (names.has(name) ? name : undefined)
    if (field === undefined) throw new QueryError(`'${name}' is none of ${Object.keys(searchFields).join(', ')}`)
    return match(field)
  })
  if (of.length > mostTerms) throw tooManyTerms()
  return { op: 'and', of }
}

const readSearch = (search: string | undefined): Query | undefined =>
  search === undefined || search.trim() === ''
    ? undefined
    : orRefuse('search', () => checkValues(parseSearch(search), fields))

export const toQuery = ({ q, search }: { q?: string | undefined; search?: string | undefined }): Query | undefined => {
  const of = [readQuery(q, fields), readSearch(search)].filter((query) => query !== undefined)
  return of.length > 0 ? { op: 'and', of } : undefined
}
