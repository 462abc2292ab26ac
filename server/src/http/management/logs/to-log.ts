import type { LogEntry } from '../../../logs/log-entry.ts'
import { toTimestamp } from '../timestamp.ts'

const mobile = /\b(Mobile|Android|iPhone|iPad)\b/i

/** A log entry in the vendor's form. What is not known is left out. */
export const toLogAnswer = (entry: LogEntry) => ({
  _id: entry.id,
  log_id: entry.id,
  date: toTimestamp(entry.date),
  type: entry.type,
  description: entry.description,
  connection: entry.connection,
  connection_id: entry.connectionId,
  client_id: entry.clientId,
  client_name: entry.clientName,
  ip: entry.ip,
  user_agent: entry.userAgent,
  hostname: entry.hostname,
  user_id: entry.userId,
  user_name: entry.userName,
  organization_id: entry.organizationId,
  audience: entry.audience,
  scope: entry.scope,
  strategy: entry.strategy,
  strategy_type: entry.strategyType,
  isMobile: mobile.test(entry.userAgent ?? ''),
  details: entry.details,
  security_context: {},
  location_info: {},
})
