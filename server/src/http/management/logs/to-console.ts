import type { PrintedLine } from '../../../logs/console-news.ts'
import { toNanoTimestamp, toTimestamp } from '../timestamp.ts'

/** A console line as who follows reads it: `started_at` and `line` (from 1 on) lead to the same line of the stored execution. */
export const toConsoleAnswer = (tenant: string, line: PrintedLine) => ({
  tenant,
  date: toTimestamp(line.at),
  level: line.level,
  text: line.text,
  line: line.index + 1,
  action_id: line.actionId,
  action_name: line.actionName,
  version_id: line.versionId,
  execution_id: line.executionId,
  handler: line.handler,
  started_at: toNanoTimestamp(line.startedAt),
})
