import { z } from 'zod'
import { fieldsQuery, offsetListOf, offsetPaging } from '../paging.ts'

const sort = z
  .string()
  .regex(/^(date|log_id):(1|-1)$/)
  .default('date:-1')
  .describe('date:-1 for the newest first, date:1 for the oldest')

export const logId = z
  .string()
  .regex(/^900\d{33}$/)
  .describe('The id of a log entry')

const text = z.string().max(2_048)

const take = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number)
  .pipe(z.number().min(1).max(100))
  .describe('1 to 100')

export const listLogs = z.strictObject({
  q: text.optional(),
  search: text.optional(),
  sort,
  from: logId.optional(),
  take: take.optional(),
  ...offsetPaging,
  ...fieldsQuery,
})
export type ListLogs = z.infer<typeof listLogs>

export const logsOfUser = z.strictObject({ sort, ...offsetPaging })

const optional = z.string().optional()

export const logEntry = z
  .object({
    _id: z.string(),
    log_id: z.string(),
    date: z.string(),
    type: z.string().describe('The code of what happened'),
    description: z.string(),
    connection: optional,
    connection_id: optional,
    client_id: optional,
    client_name: optional,
    ip: optional,
    user_agent: optional,
    hostname: optional,
    user_id: optional,
    user_name: optional,
    organization_id: optional,
    audience: optional,
    scope: optional,
    strategy: optional,
    strategy_type: optional,
    isMobile: z.boolean(),
    details: z.record(z.string(), z.unknown()).optional(),
    security_context: z.object({}),
    location_info: z.object({}),
  })
  .meta({ id: 'LogEntry' })

const shownEntry = logEntry.partial()
export type ShownEntry = z.input<typeof shownEntry>

export const logList = offsetListOf('logs', shownEntry)

export const byLog = z.object({ id: z.string() })
export const byUser = z.object({ id: z.string() })
