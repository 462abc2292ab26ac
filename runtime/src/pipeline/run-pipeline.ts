/**
 * Runs the bound actions in their order, from a position up to the next pause or the end.
 *
 * - a run that does not complete fails the leg: later actions do not run
 * - what a completed run wrote (cache, result URL) stands, also when it denies
 * - a denial ends the leg; else its demands pause the leg; else the next action follows
 * - all runs of a leg share its wall clock
 */
import type { Ending } from '../bridge/outcome.ts'
import type { Observer } from '../observer.ts'
import { applyCacheChanges } from './apply-cache-changes.ts'
import type { ExecutionRequest } from './execution-request.ts'
import type { Decision, ExecutionResult, Position } from './execution-result.ts'
import { demandsOf, type Merged, mergeCommands } from './merge-commands.ts'
import type { RunAction } from './run-action.ts'

interface Deps {
  runAction: RunAction
  observer: Observer
}

export const runPipeline = async (
  { runAction, observer }: Deps,
  request: ExecutionRequest,
): Promise<ExecutionResult> => {
  const startedAt = performance.now()
  const result: ExecutionResult = { decision: { type: 'proceed' }, runs: [], commands: [], cacheChanges: [] }
  let cache = request.cache
  let position = request.position

  const finish = (decision: Decision): ExecutionResult => ({ ...result, decision })
  const fail = (ending: Ending) => finish({ type: 'fail', ending, action: position.action })

  while (position.action < request.actions.length) {
    const wallLeftMs = Math.max(1, request.limits.wallMs - (performance.now() - startedAt))
    const { report, end } = await runAction(request, { position, cache, wallLeftMs })
    result.runs.push(report)
    result.commands.push(end.commands)
    observer.runEnded?.(request.tenant, request.actions[position.action]?.name ?? '', report)
    if (end.ending !== 'completed') return fail(end.ending)

    const merged = mergeCommands(end.commands)
    const changedCache = applyCacheChanges(cache, merged.cacheChanges)
    if (!changedCache) return fail('refused')
    cache = changedCache
    result.cacheChanges.push(...merged.cacheChanges)
    if (merged.resultUrl !== undefined) result.resultUrl = merged.resultUrl

    const decision = decide(merged, position)
    if (decision.type !== 'proceed') return finish(decision)
    position = after(position)
  }
  return result
}

const decide = (merged: Merged, position: Position): Decision => {
  if (merged.denial !== undefined) return { type: 'deny', reason: merged.denial, action: position.action }
  const demands = demandsOf(merged)
  if (!demands) return { type: 'fail', ending: 'refused', action: position.action }
  if (demands.length === 0) return { type: 'proceed' }
  const comesBack = demands.some(({ type }) => type !== 'challenge')
  const next: Position = comesBack ? { action: position.action, handler: 'onContinuePostChallenge' } : after(position)
  return { type: 'pause', demands, next }
}

const after = ({ action }: Position): Position => ({ action: action + 1, handler: 'onExecutePostChallenge' })
