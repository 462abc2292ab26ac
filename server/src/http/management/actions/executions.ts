/** `/actions/executions/{id}`: what became of one run of the trigger. The vendor's fields, and beside them what it hides. */
import { z } from 'zod'
import type { Execution, ExecutionResultEntry, ExecutionStore } from '../../../executions/execution.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { notFound } from '../../wire-problem.ts'
import { toNanoTimestamp } from '../timestamp.ts'

export type ExecutionDeps = { executions: Pick<ExecutionStore, 'find'> }

const request = z.object({
  host: z.string(),
  method: z.string(),
  status: z.int().optional(),
  ms: z.number(),
  bytes_in: z.int(),
  bytes_out: z.int(),
  error: z.string().optional(),
})

const result = z.object({
  action_name: z.string(),
  error: z
    .object({ id: z.string(), msg: z.string().describe("A stack is in the author's own lines"), url: z.string() })
    .optional(),
  started_at: z.string(),
  ended_at: z.string(),
  action_id: z.string(),
  version_id: z.string(),
  handler: z.string(),
  outcome: z.string(),
  warnings: z.array(z.string()),
  console: z.array(z.object({ level: z.string(), text: z.string() })),
  console_truncated: z.boolean(),
  egress: z.array(request).describe('Requests over the network'),
  stats: z.object({ wall_ms: z.number(), cpu_ms: z.number(), heap_bytes: z.number() }),
})

const executionAnswer = z
  .object({
    id: z.string(),
    trigger_id: z.string(),
    status: z.enum(['pending', 'final', 'partial', 'canceled', 'suspended']),
    results: z.array(result),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'Execution' })

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
    const schema = {
      summary: 'What a run of the trigger did',
      params: z.object({ id: z.string() }),
      response: { 200: executionAnswer },
    }
    const options = { config: { scopes: ['read:actions'] }, schema }
    app.get('/actions/executions/:id', options, async ({ tenant, params }) => {
      const execution = await executions.find(tenant.name, params.id)
      if (!execution) throw notFound('That execution does not exist.')
      return toExecutionAnswer(execution)
    })
  }
