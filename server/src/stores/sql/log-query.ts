/** A query over logs as SQL. Fields that are exact (ids, types) compare as they are, names and texts without case. */
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { SearchableField } from '../../logs/log-store.ts'
import type { Query } from '../../search/query.ts'
import type { LogRow, Schema } from './schema.ts'

type Builder = ExpressionBuilder<Schema, 'logs'>
type Condition = Expression<SqlBool>

interface Column {
  name: keyof LogRow
  /** `words`: the value may stand anywhere in it. */
  kind: 'exact' | 'name' | 'words' | 'time'
}

const columns: Record<SearchableField, Column> = {
  client_id: { name: 'clientId', kind: 'exact' },
  client_name: { name: 'clientName', kind: 'name' },
  connection: { name: 'connection', kind: 'name' },
  connection_id: { name: 'connectionId', kind: 'exact' },
  date: { name: 'date', kind: 'time' },
  description: { name: 'description', kind: 'words' },
  hostname: { name: 'hostname', kind: 'name' },
  ip: { name: 'ip', kind: 'exact' },
  log_id: { name: 'id', kind: 'exact' },
  organization_id: { name: 'organizationId', kind: 'exact' },
  strategy: { name: 'strategy', kind: 'exact' },
  strategy_type: { name: 'strategyType', kind: 'exact' },
  type: { name: 'type', kind: 'exact' },
  user_agent: { name: 'userAgent', kind: 'words' },
  user_id: { name: 'userId', kind: 'exact' },
  user_name: { name: 'userName', kind: 'name' },
}

type Match = Extract<Query, { op: 'match' }>
type Range = Extract<Query, { op: 'range' }>

/** What is not there matches nothing, and its negation does. */
const present = ({ name }: Column): Expression<string> => sql<string>`coalesce(${sql.ref(`logs.${name}`)}, '')`

const beginsWith = (value: Expression<string>, text: Expression<string>, length: number): Condition =>
  sql<SqlBool>`substr(${value}, 1, ${length}) = ${text}`

const toMatch = (column: Column, { how, text }: Match): Condition => {
  const value = present(column)
  // By code points, as the engines count them.
  const length = [...text].length
  if (column.kind === 'exact') {
    return how === 'beginning' ? beginsWith(value, sql.val(text), length) : sql<SqlBool>`${value} = ${text}`
  }
  const [lower, wanted] = [sql<string>`lower(${value})`, sql<string>`lower(${text})`]
  if (column.kind === 'words') return sql<SqlBool>`replace(${lower}, ${wanted}, '') <> ${lower}`
  return how === 'beginning' ? beginsWith(lower, wanted, length) : sql<SqlBool>`${lower} = ${wanted}`
}

const toRange = (build: Builder, { name, kind }: Column, { from, to }: Range): Condition => {
  const toOperand = (text: string) => (kind === 'time' ? Date.parse(text) : text)
  return build.and([
    ...(from ? [build(name, from.itself === 'counts' ? '>=' : '>', toOperand(from.text))] : []),
    ...(to ? [build(name, to.itself === 'counts' ? '<=' : '<', toOperand(to.text))] : []),
  ])
}

export const toCondition = (build: Builder, query: Query): Condition => {
  switch (query.op) {
    case 'and':
      return build.and(query.of.map((part) => toCondition(build, part)))
    case 'or':
      return build.or(query.of.map((part) => toCondition(build, part)))
    case 'not':
      return build.not(toCondition(build, query.of))
    case 'exists':
      return build(columnOf(query.field).name, 'is not', null)
    case 'match':
      return toMatch(columnOf(query.field), query)
    case 'range':
      return toRange(build, columnOf(query.field), query)
  }
}

const columnOf = (field: string): Column => columns[field as SearchableField]
