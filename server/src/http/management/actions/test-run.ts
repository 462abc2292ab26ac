/** `/actions/actions/{id}/test`: runs the draft with an event of the author's. An action that fails is a success of the test. */
import { endings } from '@interlock/runtime'
import { z } from 'zod'
import type { DraftRun, TestDraft } from '../../../actions/test-draft.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { requireStorable } from '../metadata.ts'
import { notTestable, unknownAction } from './refusals.ts'

export type TestRunDeps = { testDraft: TestDraft }

const testRun = z.strictObject({
  payload: z
    .strictObject({ event: z.record(z.string(), z.unknown()).describe('What the action is given as event') })
    .describe('What the run begins with'),
})

const ms = z.int()

const testAnswer = z
  .object({
    payload: z.object({
      error: z.object({ name: z.string(), message: z.string(), stack: z.string().optional() }).optional(),
      stats: z.object({
        total_request_duration_ms: ms,
        total_runtime_execution_duration_ms: ms,
        runtime_processing_duration_ms: ms,
        action_duration_ms: ms,
        runtime_external_call_duration_ms: ms,
        boot_duration_ms: ms,
        network_duration_ms: ms,
        memory_usage_bytes: z.int(),
        cpu_ms: ms,
      }),
      outcome: z.enum(endings).describe('In one word how the run ended'),
      commands: z.array(z.looseObject({ type: z.string() })).describe('What the action asked for, in its order'),
      warnings: z.array(z.string()),
      console: z.array(z.object({ level: z.string(), text: z.string() })),
      console_truncated: z.boolean(),
    }),
  })
  .meta({ id: 'TestRun' })

const toError = ({ report, decision }: DraftRun) => {
  if (decision.type !== 'fail') return undefined
  const { error } = report
  if (error)
    return { name: error.name, message: error.message, ...(error.stack !== undefined && { stack: error.stack }) }
  return { name: decision.ending, message: `The run ended with ${decision.ending}.` }
}

/** Whole milliseconds that add up: a request is its run and the way there; a run is its boot and the action itself. */
const toStats = ({ report, timings: { loadMs, executeMs } }: DraftRun, requestMs: number) => {
  const [action, execution] = [report.wallMs, Math.max(executeMs, report.wallMs)].map(Math.round) as [number, number]
  const load = Math.round(loadMs)
  const total = Math.max(Math.round(requestMs), load + execution)
  return {
    total_request_duration_ms: total,
    total_runtime_execution_duration_ms: load + execution,
    runtime_processing_duration_ms: execution - action,
    action_duration_ms: action,
    runtime_external_call_duration_ms: load,
    boot_duration_ms: load + execution - action,
    network_duration_ms: total - load - execution,
    memory_usage_bytes: report.heapBytes,
    cpu_ms: Math.round(report.cpuMs),
  }
}

export const testRunRoutes =
  ({ testDraft }: TestRunDeps) =>
  async (app: Api) => {
    const schema = {
      summary: 'Runs the draft once, with an event of its author’s',
      params: z.object({ id: z.string() }),
      body: testRun,
      response: { 200: testAnswer },
    }
    const options = { config: { scopes: ['create:actions'] }, schema }
    app.post('/actions/actions/:id/test', options, async ({ tenant, params, body }, reply) => {
      const run = await testDraft(tenant, params.id, requireStorable(body.payload.event, { name: 'payload.event' }))
      if (!run) throw unknownAction()
      if ('notBuilt' in run) throw notTestable(run.notBuilt.draft)
      const error = toError(run)
      const { ending, warnings, console: lines, consoleTruncated } = run.report
      const stats = toStats(run, reply.elapsedTime)
      const own = {
        outcome: ending,
        commands: run.commands,
        warnings,
        console: lines,
        console_truncated: consoleTruncated,
      }
      return { payload: { ...(error && { error }), stats, ...own } }
    })
  }
