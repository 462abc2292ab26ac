/** What the fields of a query over logs are compared with. */
import type { SearchableField } from '../../logs/log-store.ts'
import type { Query } from '../../search/query.ts'
import type { LogRow } from './schema.ts'
import { type ColumnKind, type Condition, columnField, toCondition } from './search-condition.ts'

const columns: Record<SearchableField, { name: keyof LogRow; kind: ColumnKind }> = {
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

export const logCondition = (query: Query): Condition =>
  toCondition(query, (field) => {
    const { name, kind } = columns[field as SearchableField]
    return columnField(`logs.${name}`, kind)
  })

/** What a search reads of each entry. */
export const searchedColumns = [...new Set([...Object.values(columns).map(({ name }) => name), 'number' as const])]
