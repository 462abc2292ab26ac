/** A server that starts sandbox processes, gets one of them stuck in native code, and says which they are. */
import { buildLimits, createRuntime, defaultsOf, runLimits } from '@interlock/runtime'

const limits = { ...defaultsOf(runLimits), cpuMs: 20_000, wallMs: 60_000 }
const pids: number[] = []
const runtime = await createRuntime({ processes: 2, observer: { processStarted: (pid) => void pids.push(pid) } })

const source = `exports.onExecutePostChallenge = async () => { Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1) }`
const built = await runtime.build({ tenant: 'stuck', source, limits: { ...defaultsOf(buildLimits), ...limits } })
if (!built.ok) throw new Error(JSON.stringify(built))
void runtime.execute({
  tenant: 'stuck',
  actions: [{ name: 'stuck', artifact: built.artifact, secrets: {} }],
  event: {},
  position: { action: 0, handler: 'onExecutePostChallenge' },
  cache: {},
  limits,
})
setTimeout(() => console.log(JSON.stringify(pids)), 300)
