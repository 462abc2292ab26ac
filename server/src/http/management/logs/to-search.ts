/** `q` and `search` as one query whose dates are instants. What cannot be understood is refused with the reason. */
import { searchableFields } from '../../../logs/log-store.ts'
import { parseQuery } from '../../../search/parse-query.ts'
import { type Bound, type Query, QueryError } from '../../../search/query.ts'
import { badRequest } from '../../wire-problem.ts'

const fields: ReadonlySet<string> = new Set(searchableFields)
const dayMs = 86_400_000

const isoDay = /^\d{4}-\d\d-\d\d$/
const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?$/

/** From the beginning of what a date names up to its last millisecond. UTC where it names no zone. */
const spanOf = (text: string): { first: number; last: number } => {
  const isDay = isoDay.test(text)
  const [, zone] = isoTime.exec(text) ? (/(Z|[+-]\d\d:?\d\d)$/.exec(text) ?? ['', '']) : []
  const at = isDay ? Date.parse(text) : zone === undefined ? Number.NaN : Date.parse(zone === '' ? `${text}Z` : text)
  if (Number.isNaN(at)) throw new QueryError(`'${text}' is no date such as 2026-07-31 or 2026-07-31T12:00:00Z`)
  return { first: at, last: isDay ? at + dayMs - 1 : at }
}

const instant = (at: number): string => new Date(at).toISOString()

/** A day as an end of a range counts from its first or up to its last moment, or not at all. */
const boundAt = ({ text, itself }: Bound, end: 'from' | 'to'): Bound => {
  const { first, last } = spanOf(text)
  return { text: instant((end === 'from') === (itself === 'counts') ? first : last), itself }
}

const withInstants = (query: Query): Query => {
  switch (query.op) {
    case 'and':
    case 'or':
      return { ...query, of: query.of.map(withInstants) }
    case 'not':
      return { ...query, of: withInstants(query.of) }
    case 'exists':
      return query
    case 'range': {
      if (query.field !== 'date') throw new QueryError(`'${query.field}' has no ranges: only date has`)
      const { from, to } = query
      return { ...query, ...(from && { from: boundAt(from, 'from') }), ...(to && { to: boundAt(to, 'to') }) }
    }
    case 'match': {
      if (query.field !== 'date') return query
      if (query.how === 'beginning') throw new QueryError('date takes no wildcard: use a range')
      const { first, last } = spanOf(query.text)
      const [from, to] = [first, last].map((at): Bound => ({ text: instant(at), itself: 'counts' }))
      return { op: 'range', field: 'date', ...(from && { from }), ...(to && { to }) }
    }
  }
}

/** The vendor's older form: `application:`, `connection:` and `user:`, or just the beginning of one of them. */
const searchFields: Record<string, string> = { application: 'client_name', connection: 'connection', user: 'user_name' }

const searchTerm = /(?:(\w+):)?(?:"([^"]*)"|([^\s"]+))/g

const parseSearch = (text: string): Query => {
  const of = [...text.matchAll(searchTerm)].map(([, name, quoted, word = '']): Query => {
    const how = quoted === undefined ? ('beginning' as const) : ('whole' as const)
    const match = (field: string): Query => ({ op: 'match', field, how, text: quoted ?? word })
    if (name === undefined) return { op: 'or', of: Object.values(searchFields).map(match) }
    const field = searchFields[name] ?? (fields.has(name) ? name : undefined)
    if (field === undefined) throw new QueryError(`'${name}' is none of ${Object.keys(searchFields).join(', ')}`)
    return match(field)
  })
  return { op: 'and', of }
}

const orRefuse = (name: 'q' | 'search', parse: () => Query): Query => {
  try {
    return withInstants(parse())
  } catch (error) {
    if (!(error instanceof QueryError)) throw error
    throw badRequest(`Query validation error: '${error.message}' on property ${name}.`, 'invalid_uri')
  }
}

export const toQuery = ({ q, search }: { q?: string | undefined; search?: string | undefined }): Query | undefined => {
  const of = [
    ...(q === undefined || q.trim() === '' ? [] : [orRefuse('q', () => parseQuery(q, fields))]),
    ...(search === undefined || search.trim() === '' ? [] : [orRefuse('search', () => parseSearch(search))]),
  ]
  return of.length > 0 ? { op: 'and', of } : undefined
}
