/** Runs author code in a real isolate of this process. For harmless code only: nothing here survives a hostile run. */
import { defaultsOf, type RunLimits, runLimits } from '@interlock/runtime'
import type { Command } from '../../../runtime/src/bridge/command.ts'
import { buildGuest } from '../../../runtime/src/bundle/build-guest.ts'
import { wrapModule } from '../../../runtime/src/bundle/module-wrapper.ts'
import { createGuestSnapshots, type GuestSnapshots } from '../../../runtime/src/isolate/guest-snapshots.ts'
import { createIsolate, type Isolate } from '../../../runtime/src/isolate/isolate.ts'
import type { Run, RunEnd } from '../../../runtime/src/isolate/run.ts'

export const limits: RunLimits = defaultsOf(runLimits)

export const defaultRun: Run = {
  handler: 'onExecutePostChallenge',
  event: { request: { hostname: 'tenant.example', ip: '203.0.113.7', query: {}, body: {} }, user: { user_id: 'u1' } },
  cache: {},
  limits,
  wallLeftMs: 10_000,
  contention: 4,
}

/** Nobody answers. */
export const deaf = { send: () => {}, abandon: () => {} }

let guest: GuestSnapshots | undefined

/** A real isolate that holds `source` as the author's module. The caller disposes of it. */
export const isolateOf = async (source: string): Promise<Isolate> => {
  guest ??= createGuestSnapshots(await buildGuest())
  const module = { hash: source, code: wrapModule(source), fileName: 'action.js' }
  return createIsolate({ guest, module, heapMb: limits.heapMb })
}

/** Runs a whole module. */
export const runModule = async (source: string, run: Partial<Run> = {}): Promise<RunEnd> => {
  const isolate = await isolateOf(source)
  const end = await new Promise<RunEnd>((ended) => {
    isolate.invoke({ run: { ...defaultRun, ...run }, network: deaf, entering: () => {}, ended })
  })
  isolate.dispose()
  return end
}

/** Runs the body of a handler with `event` and `api` in scope. */
export const runBody = (body: string, run: Partial<Run> = {}): Promise<RunEnd> =>
  runModule(`exports.${run.handler ?? defaultRun.handler} = async (event, api) => { ${body}\n}`, run)

/** What a handler recorded; the run must have completed. */
export const commandsOf = async (body: string, run: Partial<Run> = {}): Promise<Command[]> => {
  const end = await runBody(body, run)
  if (end.ending !== 'completed') throw new Error(`${end.ending}: ${end.error?.message}`)
  return end.commands
}

/** The value of an expression inside the guest, as JSON carries it. Statements may come before it, in `setup`. */
export const evaluate = async (expression: string, setup = '', run: Partial<Run> = {}): Promise<unknown> => {
  const end = await runBody(`${setup}; console.log(JSON.stringify(await (${expression})))`, run)
  if (end.ending !== 'completed') throw new Error(`${end.ending}: ${end.error?.message}`)
  const text = end.console.at(-1)?.text
  return text === undefined || text === 'undefined' ? undefined : JSON.parse(text)
}
