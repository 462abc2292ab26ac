/** What `execute()` is compared with. Each is the least that works: no console, no checks, no limits but memory and time. */
import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'
import { Worker } from 'node:worker_threads'
import { getQuickJS } from 'quickjs-emscripten'
import { openLineChannel } from '../runtime/src/process/line-channel.ts'
import type { Subject } from './measure.ts'
import { type ActionName, programOf } from './program.ts'
import { event } from './seed-action.ts'

const fileOf = (name: string) => fileURLToPath(new URL(name, import.meta.url))
const eventJson = JSON.stringify(event)

/** Questions are answered in the order in which they were asked. */
const createQueue = <T>() => {
  const waiting: ((answer: T) => void)[] = []
  return {
    ask: (): Promise<T> => new Promise((resolve) => void waiting.push(resolve)),
    answer: (value: T) => waiting.shift()?.(value),
  }
}

export const openIsolatePerRun = async (action: ActionName): Promise<Subject> => {
  const child = fork(fileOf('isolate-per-run.ts'), [action], { execArgv: ['--no-node-snapshot'] })
  await once(child, 'message')
  const queue = createQueue<unknown>()
  child.on('message', queue.answer)
  return {
    key: 'isolate',
    name: 'a new isolate per run, in a child process',
    pids: () => [child.pid ?? 0],
    runOnce: () => {
      child.send(eventJson)
      return queue.ask()
    },
    close: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

export const openQuickJs = async (action: ActionName): Promise<Subject> => {
  const quickJs = await getQuickJS()
  const program = await programOf(action)
  return {
    key: 'quickjs',
    name: 'quickjs-emscripten, a new runtime per run, in this process',
    pids: () => [],
    runOnce: async () => {
      const runtime = quickJs.newRuntime()
      const context = runtime.newContext()
      context.unwrapResult(context.evalCode(program)).dispose()
      const code = `run(${JSON.stringify(eventJson)}).then((commands) => { globalThis.commands = commands })`
      context.unwrapResult(context.evalCode(code)).dispose()
      context.unwrapResult(runtime.executePendingJobs())
      const commands = context.getProp(context.global, 'commands')
      const json = context.getString(commands)
      for (const one of [commands, context, runtime]) one.dispose()
      if (!json.includes('webauthn')) throw new Error(`QuickJS answered ${json}.`)
    },
    close: async () => {},
  }
}

export const openWorkerPerRun = async (action: ActionName): Promise<Subject> => {
  const program = await programOf(action)
  const code = `${program}
    const { parentPort, workerData } = require('node:worker_threads')
    globalThis.run(workerData).then((commands) => parentPort.postMessage(commands))`
  return {
    key: 'worker',
    name: 'a new worker thread per run',
    pids: () => [],
    runOnce: async () => {
      const worker = new Worker(code, {
        eval: true,
        workerData: eventJson,
        resourceLimits: { maxOldGenerationSizeMb: 64 },
      })
      await Promise.all([once(worker, 'message'), once(worker, 'exit')])
    },
    close: async () => {},
  }
}

/** The limit of what a process of its own can cost: a line of JSON there and back, over the channel that `execute()` uses. */
export const openEcho = async (): Promise<Subject> => {
  const child = spawn(process.execPath, [fileOf('echo.ts')], { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] })
  const queue = createQueue<unknown>()
  const channel = openLineChannel(child.stdio[3] as Socket, {
    maximumLength: 1_000_000,
    received: queue.answer,
    broken: (reason) => {
      throw new Error(reason)
    },
  })
  return {
    key: 'echo',
    name: 'bare echo over the same channel',
    pids: () => [child.pid ?? 0],
    runOnce: () => {
      channel.send({ event })
      return queue.ask()
    },
    close: async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}

/** What V8 charges for a fresh world: the floor of what a run in a context of its own can cost. */
export const openContext = (): Subject => ({
  key: 'context',
  name: 'one vm.createContext(), in this process',
  pids: () => [],
  runOnce: async () => void vm.createContext(),
  close: async () => {},
})
