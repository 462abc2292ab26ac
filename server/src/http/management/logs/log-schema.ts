import { z } from 'zod'
import { fieldsQuery, offsetPaging } from '../paging.ts'

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

export const byLog = z.object({ id: z.string() })
export const byUser = z.object({ id: z.string() })
