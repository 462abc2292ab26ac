import type { Query } from './query.ts'

/** Whether a record that is at hand fits a query. A field that it does not have fits nothing. */
export const matches = (query: Query, values: Readonly<Record<string, string | undefined>>): boolean => {
  switch (query.op) {
    case 'and':
      return query.of.every((part) => matches(part, values))
    case 'or':
      return query.of.some((part) => matches(part, values))
    case 'not':
      return !matches(query.of, values)
    case 'exists':
      return values[query.field] !== undefined
    case 'match': {
      const value = values[query.field]?.toLowerCase()
      const text = query.text.toLowerCase()
      return query.how === 'whole' ? value === text : value?.startsWith(text) === true
    }
    case 'range':
      return isWithin(values[query.field], query)
  }
}

const isWithin = (value: string | undefined, { from, to }: Extract<Query, { op: 'range' }>): boolean => {
  if (value === undefined) return false
  const isAfter = !from || value > from.text || (value === from.text && from.itself === 'counts')
  const isBefore = !to || value < to.text || (value === to.text && to.itself === 'counts')
  return isAfter && isBefore
}
