/** `/actions/executions/{id}`: what became of one run of the trigger. The vendor's fields, and beside them what it hides. */
import { z } from 'zod'
import type { Execution, ExecutionResultEntry, ExecutionStore } from '../../../executions/execution.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { notFound } from '../../wire-problem.ts'
import { toNanoTimestamp } from '../timestamp.ts'

export type ExecutionDeps = { executions: Pick<ExecutionStore, 'find'> }

const errorText = ({ error, ending }: ExecutionResultEntry): string =>
  error === undefined ? ending : (error.stack ?? `${error.name}: ${error.message}`)

const toRequest = ({ host, method, status, ms, bytesIn, bytesOut, error }: ExecutionResultEntry['egress'][number]) => ({
  host,
  method,
  status,
  ms,
  bytes_in: bytesIn,
  bytes_out: bytesOut,
  error,
})

/** `error.msg` holds the stack in the author's own lines; `outcome` is the word for how the run ended. */
export const toResult = (entry: ExecutionResultEntry) => ({
  action_name: entry.actionName,
  ...(entry.ending !== 'completed' && { error: { id: entry.ending, msg: errorText(entry), url: '' } }),
  started_at: toNanoTimestamp(entry.startedAt),
  ended_at: toNanoTimestamp(entry.startedAt + Math.round(entry.wallMs)),
  action_id: entry.actionId,
  version_id: entry.versionId,
  handler: entry.handler,
  outcome: entry.ending,
  warnings: entry.warnings,
  console: entry.console,
  console_truncated: entry.consoleTruncated,
  egress: entry.egress.map(toRequest),
  stats: { wall_ms: entry.wallMs, cpu_ms: entry.cpuMs, heap_bytes: entry.heapBytes },
})

const toExecutionAnswer = ({ id, trigger, status, results, createdAt, updatedAt }: Execution) => ({
  id,
  trigger_id: trigger,
  status,
  results: results.map(toResult),
  created_at: toNanoTimestamp(createdAt),
  updated_at: toNanoTimestamp(updatedAt),
})

export const executionRoutes =
  ({ executions }: ExecutionDeps) =>
  async (app: Api) => {
    const options = { config: { scopes: ['read:actions'] }, schema: { params: z.object({ id: z.string() }) } }
    app.get('/actions/executions/:id', options, async ({ tenant, params }) => {
      const execution = await executions.find(tenant.name, params.id)
      if (!execution) throw notFound('That execution does not exist.')
      return toExecutionAnswer(execution)
    })
  }
