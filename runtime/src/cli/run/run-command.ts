/** `interlock run`: one handler of one action file, once. */

import { showBuildMessage } from '../../bundle/show-message.ts'
import {
  type ActionRun,
  BuildError,
  closeRuntime,
  describeRun,
  openAction,
  UnexpectedRequestError,
} from '../../testing/index.ts'
import type { Command } from '../command.ts'
import type { Terminal } from '../terminal.ts'
import { parseRunOrder, type RunOrder } from './run-options.ts'

const help = `interlock run <file> [options]

Builds an action and runs a handler of it in the real sandbox, with an everyday event. The packages it needs are those
that the package.json beside it names under "dependencies".

  --event <file>          JSON: any part of the event, put over the everyday one
  --secrets <file>        JSON: { "NAME": "value" }, becomes event.secrets
  --handler <name>        onExecutePostChallenge (default) or onContinuePostChallenge
  --query <name=value>    a parameter of the request; again for more
  --body <name=value>     a field of the request's form; again for more
  --token <json>          claims of the token an outside page sends back, beside state, sub and exp
  --token-secret <NAME>   which of the secrets signs it
  --fetch <file>          JSON: { "POST https://risk.example.com/score": { "json": { "score": 1 } } }
  --network <way>         what becomes of requests --fetch has no answer to: mocked (default) fails, real sends them
  --limit <name=value>    such as cpuMs=100; again for more
  --json                  the result as JSON, for programs

Ends with 0 when the handler completed (a denial is no failure), 1 when it did not or the action does not build,
2 when the command line is wrong.`

export const runCommand: Command = {
  summary: 'runs a handler of an action file and prints what it did',
  help,
  run: async (args, terminal) => {
    const order = parseRunOrder(args)
    if (order === 'help') {
      terminal.say(help)
      return 0
    }
    try {
      return await execute(order, terminal)
    } finally {
      await closeRuntime()
    }
  },
}

const execute = async ({ file, opening, execution, output }: RunOrder, terminal: Terminal): Promise<number> => {
  try {
    const action = await openAction(file, opening)
    const run = await action.execute(execution)
    if (output === 'json') terminal.say(JSON.stringify({ ...run, build: { warnings: action.warnings } }, undefined, 2))
    else {
      for (const warning of action.warnings) terminal.note(`warning: ${showBuildMessage(warning)}`)
      terminal.say(toText(run))
    }
    return run.outcome === 'completed' ? 0 : 1
  } catch (error) {
    if (error instanceof BuildError) {
      if (output === 'json') terminal.say(JSON.stringify({ build: { errors: error.messages } }, undefined, 2))
      else terminal.note(error.message)
      return 1
    }
    if (!(error instanceof UnexpectedRequestError)) throw error
    terminal.note(error.message.replace("Add a route to `fetch`, or let it go out with `network: 'real'`.", hint))
    return 1
  }
}

const hint = 'Answer it in the file of --fetch, or let it go out with --network real.'

const toText = (run: ActionRun): string => {
  const { cpuMs, wallMs } = run.timings
  const handlers = run.reports.map(({ handler }) => handler).join(', ')
  // What did not complete is named by the description.
  const headline = run.outcome === 'completed' ? `${handlers} completed` : handlers
  return `${headline}: ${describeRun(run)}\n  timings\n    processor ${toMs(cpuMs)}, clock ${toMs(wallMs)}`
}

const toMs = (ms: number): string => `${ms.toFixed(1)} ms`
