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

/** What a field's values are. `any`: whatever a tenant has put there. */
export type ValueKind = 'text' | 'flag' | 'number' | 'time' | 'any'

/** What a query may name. */
export interface SearchFields {
  /** `undefined` for what cannot be searched. */
  kindOf(field: string): ValueKind | undefined
  /** For the caller. */
  names: readonly string[]
}

/** The message is for the caller. */
export class QueryError extends Error {
  override name = 'QueryError'
}
