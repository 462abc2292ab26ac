/**
 * The simplest thing that isolates: a child process that makes an isolate for every run and throws it away. No api but
 * the one method the actions call, no console, no limits but memory and time: less than any real host needs.
 */
import ivm from 'isolated-vm'
import { programOf } from './program.ts'

const program = programOf(process.argv[2] === 'large' ? 'large' : 'seed')

const runOnce = async (event: string): Promise<string> => {
  const isolate = new ivm.Isolate({ memoryLimit: 64 })
  const context = await isolate.createContext()
  await context.eval(await program, { timeout: 20_000 })
  const run = await context.global.get('run', { reference: true })
  const commands = await run.apply(undefined, [event], { timeout: 1_000, result: { promise: true } })
  isolate.dispose()
  return String(commands)
}

/** One after the other: V8 compiles a large action in many isolates at once no faster, and runs into its time limit. */
let turn = Promise.resolve()
process.on('message', (event: string) => {
  turn = turn.then(async () => void process.send?.(await runOnce(event)))
})
process.send?.('ready')
