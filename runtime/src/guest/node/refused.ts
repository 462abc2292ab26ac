/**
 * Modules that load, so that packages which only mention them work, and refuse what is asked of them: a table of reasons.
 * Each is made when it is required first.
 */
import { exported as EventEmitter } from './events.ts'
import { http2Constants } from './http2-constants.ts'
import { shaped } from './shaped.ts'
import type { shapes } from './shapes.ts'
import { moduleNames, sibling } from './siblings.ts'

interface Refusal {
  reason: string
  /** What has an answer all the same. */
  implemented?: () => Record<string, unknown>
}

const noTerminal = 'there is no terminal, and nothing to read from'
const noDebugger = 'nobody can attach a debugger to a run'

export const refusals = {
  cluster: {
    reason: 'an action has one process, and starts no other',
    implemented: () => ({
      isMaster: true,
      isPrimary: true,
      isWorker: false,
      workers: {},
      settings: {},
      SCHED_NONE: 1,
      SCHED_RR: 2,
      schedulingPolicy: 2,
    }),
  },
  domain: { reason: 'errors of a run end the run: catch them where they are thrown' },
  http2: {
    reason: 'requests leave by the server, which speaks HTTP/1.1: use fetch, http or https',
    implemented: () => ({ constants: http2Constants, sensitiveHeaders: Symbol('sensitiveHeaders') }),
  },
  inspector: { reason: noDebugger },
  'inspector/promises': { reason: noDebugger },
  readline: { reason: noTerminal, implemented: () => ({ promises: sibling('readline/promises') }) },
  'readline/promises': { reason: noTerminal },
  repl: {
    reason: noTerminal,
    implemented: () => ({
      REPL_MODE_SLOPPY: Symbol('repl-sloppy'),
      REPL_MODE_STRICT: Symbol('repl-strict'),
      builtinModules: moduleNames(),
    }),
  },
  trace_events: {
    reason: 'a run cannot trace the server',
    implemented: () => ({ getEnabledCategories: () => undefined }),
  },
  v8: { reason: 'the engine belongs to the server' },
  vm: { reason: 'a run has one context: use eval or Function', implemented: () => ({ isContext: () => false }) },
  wasi: { reason: 'there is no WebAssembly' },
  worker_threads: {
    reason: 'an action has one thread',
    implemented: () => ({
      isInternalThread: false,
      isMainThread: true,
      parentPort: null,
      resourceLimits: {},
      threadId: 0,
      threadName: '',
      workerData: null,
      SHARE_ENV: Symbol.for('nodejs.worker_threads.SHARE_ENV'),
      ...globalsOf('BroadcastChannel', 'MessageChannel', 'MessagePort'),
    }),
  },
} satisfies Partial<Record<keyof typeof shapes, Refusal>>

/** Those of the context, where it has them. */
const globalsOf = (...names: string[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, Reflect.get(globalThis, name)]).filter(([, value]) => value))

type Name = keyof typeof refusals

const isEmitter = (name: Name) => name === 'cluster'

const make = (name: Name): object => {
  const { reason, implemented } = refusals[name] as Refusal
  const module = shaped(name, reason, implemented?.())
  if (!isEmitter(name)) return module
  return Object.setPrototypeOf(module, (EventEmitter as { prototype: object }).prototype)
}

const made = new Map<Name, object>()

export const exported = (name: Name): object => {
  const module = made.get(name) ?? make(name)
  made.set(name, module)
  return module
}
