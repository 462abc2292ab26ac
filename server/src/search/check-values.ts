/** Refuses values that do not fit their fields. Dates become instants in ISO form. */
import { type Bound, type Query, QueryError, type SearchFields, type ValueKind } from './query.ts'

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

const requireNumber = (text: string): void => {
  if (!/^-?\d{1,15}(\.\d{1,15})?$/.test(text)) throw new QueryError(`'${text}' is no number`)
}

type Match = Extract<Query, { op: 'match' }>
type Range = Extract<Query, { op: 'range' }>

const checkMatch = (match: Match, kind: ValueKind): Query => {
  const { field, how, text } = match
  if (kind === 'text' || kind === 'any') return match
  if (how === 'beginning') throw new QueryError(`${field} takes no wildcard${kind === 'flag' ? '' : ': use a range'}`)
  if (kind === 'flag' && text !== 'true' && text !== 'false') throw new QueryError(`${field} is true or false`)
  if (kind === 'number') requireNumber(text)
  if (kind !== 'time') return match
  const { first, last } = spanOf(text)
  const [from, to] = [first, last].map((at): Bound => ({ text: instant(at), itself: 'counts' }))
  return { op: 'range', field, ...(from && { from }), ...(to && { to }) }
}

const checkRange = (range: Range, { kindOf, names }: SearchFields): Range => {
  const { field, from, to } = range
  const kind = kindOf(field)
  if (kind === 'text' || kind === 'flag') {
    const ranged = names.filter((name) => !['text', 'flag', undefined].includes(kindOf(name)))
    throw new QueryError(`'${field}' has no ranges: only ${ranged.join(', ')} ${ranged.length === 1 ? 'has' : 'have'}`)
  }
  if (kind === 'number') for (const bound of [from, to]) if (bound) requireNumber(bound.text)
  if (kind !== 'time') return range
  return { ...range, ...(from && { from: boundAt(from, 'from') }), ...(to && { to: boundAt(to, 'to') }) }
}

/** Throws a `QueryError` that names the value. */
export const checkValues = (query: Query, fields: SearchFields): Query => {
  switch (query.op) {
    case 'and':
    case 'or':
      return { ...query, of: query.of.map((part) => checkValues(part, fields)) }
    case 'not':
      return { ...query, of: checkValues(query.of, fields) }
    case 'exists':
      return query
    case 'range':
      return checkRange(query, fields)
    case 'match':
      return checkMatch(query, fields.kindOf(query.field) ?? 'text')
  }
}
