/** What `parse-query.ts` makes of a query's text. */
export type Query =
  | { op: 'and' | 'or'; of: Query[] }
  | { op: 'not'; of: Query }
  | { op: 'match'; field: string; how: 'whole' | 'beginning'; text: string }
  | { op: 'range'; field: string; from?: Bound; to?: Bound }
  | { op: 'exists'; field: string }

export interface Bound {
  text: string
  itself: 'counts' | 'does-not'
}

/** The message is for the caller. */
export class QueryError extends Error {
  override name = 'QueryError'
}
