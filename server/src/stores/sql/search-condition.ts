/** A query as SQL. What a field of it means is for each table to say. */
import { type Expression, expressionBuilder, type SqlBool, sql } from 'kysely'
import type { Query } from '../../search/query.ts'
import type { Schema } from './schema.ts'

export type Condition = Expression<SqlBool>
export type Match = Extract<Query, { op: 'match' }>
export type Range = Extract<Query, { op: 'range' }>

export interface SearchedField {
  matches(match: Match): Condition
  within(range: Range): Condition
  exists(): Condition
}

const build = expressionBuilder<Schema>()

export const toCondition = (query: Query, fieldOf: (name: string) => SearchedField): Condition => {
  switch (query.op) {
    case 'and':
      return build.and(query.of.map((part) => toCondition(part, fieldOf)))
    case 'or':
      return build.or(query.of.map((part) => toCondition(part, fieldOf)))
    case 'not':
      return build.not(toCondition(query.of, fieldOf))
    case 'exists':
      return fieldOf(query.field).exists()
    case 'match':
      return fieldOf(query.field).matches(query)
    case 'range':
      return fieldOf(query.field).within(query)
  }
}

/** By code points, as the engines count them. */
export const beginsWith = (value: Expression<string>, text: string): Condition =>
  sql<SqlBool>`substr(${value}, 1, ${[...text].length}) = ${text}`

/**
 * `exact` compares as it is, `name` without case, `words` finds the text anywhere, without case; a `key` is stored in lower
 * case. Of a `flag`, a `number` and a `time` the text in the query says one.
 */
export type ColumnKind = 'exact' | 'name' | 'words' | 'key' | 'flag' | 'number' | 'time'

type Operand = (text: string) => string | number

const operands: Record<ColumnKind, Operand> = {
  exact: (text) => text,
  name: (text) => text,
  words: (text) => text,
  key: (text) => text.toLowerCase(),
  flag: (text) => (text === 'true' ? 1 : 0),
  number: Number,
  time: Date.parse,
}

/** What is not there matches nothing, and its negation does. */
const present = (column: Expression<unknown>): Expression<string> => sql<string>`coalesce(${column}, '')`

/** As it stands: an index serves no expression. */
const equals = (column: Expression<unknown>, value: string | number): Condition =>
  sql<SqlBool>`(${column} is not null and ${column} = ${value})`

const matchText = (column: Expression<unknown>, kind: ColumnKind, { how, text }: Match): Condition => {
  const value = present(column)
  if (kind === 'exact') return how === 'beginning' ? beginsWith(value, text) : equals(column, text)
  const [lower, wanted] = [sql<string>`lower(${value})`, sql<string>`lower(${text})`]
  if (kind === 'words') return sql<SqlBool>`replace(${lower}, ${wanted}, '') <> ${lower}`
  const length = [...text].length
  return how === 'beginning'
    ? sql<SqlBool>`substr(${lower}, 1, ${length}) = ${wanted}`
    : sql<SqlBool>`${lower} = ${wanted}`
}

/** Bounds of a range over a column or an expression. */
export const isWithin = (value: Expression<unknown>, { from, to }: Range, operand: Operand): Condition =>
  build.and([
    ...(from ? [sql<SqlBool>`${value} ${sql.raw(from.itself === 'counts' ? '>=' : '>')} ${operand(from.text)}`] : []),
    ...(to ? [sql<SqlBool>`${value} ${sql.raw(to.itself === 'counts' ? '<=' : '<')} ${operand(to.text)}`] : []),
  ])

/** `name` with its table: `logs.ip`. */
export const columnField = (name: string, kind: ColumnKind): SearchedField => {
  const column = sql.ref(name)
  const operand = operands[kind]
  return {
    matches(match) {
      if (kind === 'exact' || kind === 'name' || kind === 'words') return matchText(column, kind, match)
      const value = operand(match.text)
      return typeof value === 'string' && match.how === 'beginning'
        ? beginsWith(present(column), value)
        : equals(column, value)
    },
    within: (range) => sql<SqlBool>`(${column} is not null and ${isWithin(column, range, operand)})`,
    exists: () => sql<SqlBool>`${column} is not null`,
  }
}
