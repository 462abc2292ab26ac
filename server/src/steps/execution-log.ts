/** What a tenant's log says of a handler run that did not complete. */
import type { Ending } from '@interlock/runtime'
import { triggerId } from '../actions/trigger.ts'
import type { ExecutionResultEntry } from '../executions/execution.ts'
import type { LogEvent, LogFacts } from '../logs/log-entry.ts'

/** The vendor's words. What the author has to change is an `action_error`, a limit of time an `action_timeout`. */
const errorClasses: Record<Exclude<Ending, 'completed'>, string> = {
  threw: 'action_error',
  'exceeded-cpu': 'action_timeout',
  'exceeded-wall': 'action_timeout',
  'exceeded-heap': 'action_error',
  'exceeded-output': 'action_error',
  refused: 'action_error',
  crashed: 'platform_error',
  canceled: 'platform_error',
  throttled: 'rate_limited',
}

export const executionFailed = (
  facts: LogFacts,
  { executionId, bindingId, entry }: { executionId: string; bindingId: string; entry: ExecutionResultEntry },
): LogEvent | undefined => {
  const { ending, error, actionId, actionName, versionId } = entry
  if (ending === 'completed') return undefined
  return {
    ...facts,
    type: 'actions_execution_failed',
    description: error === undefined ? ending : `${error.name}: ${error.message}`,
    details: {
      trigger_id: triggerId,
      execution_id: executionId,
      action_id: actionId,
      action_name: actionName,
      version_id: versionId,
      binding_id: bindingId,
      error_class: errorClasses[ending],
      ...(error && { action_error: error }),
      actions: { executions: [executionId] },
    },
  }
}
