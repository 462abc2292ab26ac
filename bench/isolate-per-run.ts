/**
 * The simplest thing that isolates: a child process that makes an isolate for every run and throws it away. No api but
 * the one method the action calls, no console, no limits but memory and time: less than any real host needs.
 */
import ivm from 'isolated-vm'
import { source } from './seed-action.ts'

const program = `
  const module = { exports: {} }
  ;(function (module, exports) { ${source} })(module, module.exports)
  globalThis.run = async (json) => {
    const commands = []
    const api = { authentication: { challengeWith: (factor, options) => { commands.push({ factor, ...options }) } } }
    await module.exports.onExecutePostChallenge(JSON.parse(json), api)
    return JSON.stringify(commands)
  }
  undefined`

const runOnce = async (event: string): Promise<string> => {
  const isolate = new ivm.Isolate({ memoryLimit: 64 })
  const context = await isolate.createContext()
  await context.eval(program, { timeout: 1_000 })
  const run = await context.global.get('run', { reference: true })
  const commands = await run.apply(undefined, [event], { timeout: 1_000, result: { promise: true } })
  isolate.dispose()
  return String(commands)
}

process.on('message', (event: string) => void runOnce(event).then((commands) => process.send?.(commands)))
process.send?.('ready')
