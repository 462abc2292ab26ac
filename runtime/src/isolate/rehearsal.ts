/**
 * Compares a module from its snapshot with the module evaluated as ever: the handlers it exports, and one run of a handler
 * with a small event and no network. V8 has surprises in store (a WeakMap that has lost a key); here they become a reason.
 */
import type { Ending } from '../bridge/outcome.ts'
import type { RunLimits } from '../limits.ts'
import type { GuestSnapshots } from './guest-snapshots.ts'
import { createIsolate } from './isolate.ts'
import type { Module, RunEnd } from './run.ts'

interface Rehearsal {
  guest: GuestSnapshots
  module: Module
  /** The same module with its snapshot. */
  frozen: Module
  limits: RunLimits
}

/** What differs, in words; `undefined` where nothing does. */
export const rehearse = async ({ guest, module, frozen, limits }: Rehearsal): Promise<string | undefined> => {
  const tight = { ...limits, outputBytes: Math.min(limits.outputBytes, outputBytes) }
  const once = (played: Module) => play({ guest, module: played, limits: tight })
  const [first, second, third] = [await once(module), await once(module), await once(frozen)]
  if (third.handlers !== first.handlers) return 'From a snapshot it exports other handlers.'
  // The clock of a busy machine says nothing about the module.
  if (first.ending === 'exceeded-wall' || second.ending === 'exceeded-wall') return undefined
  // A handler that prints the time never says the same twice: then the outline has to do.
  const compared = first.words === second.words ? 'words' : 'outline'
  return third[compared] === first[compared] ? undefined : 'From a snapshot its handler ends otherwise.'
}

interface Performance {
  handlers: string
  ending: Ending
  words: string
  outline: string
}

const play = async ({ guest, module, limits }: Omit<Rehearsal, 'frozen'>): Promise<Performance> => {
  const isolate = createIsolate({ guest, module, heapMb: limits.heapMb })
  const { loadMs: _, ...inspected } = isolate.inspect(limits)
  const run = {
    handler: 'onExecutePostChallenge',
    event,
    cache: {},
    limits,
    wallLeftMs: wallMs,
    contention: 2,
  } as const
  const end = await new Promise<RunEnd>((ended) => {
    isolate.invoke({ run, network: { send: () => {}, abandon: () => {} }, entering: () => {}, ended })
  })
  isolate.dispose()
  const { ending, commands, handlerMissing, warnings, error, console } = end
  const thrown = error && { name: error.name, message: error.message }
  return {
    handlers: JSON.stringify(inspected.ok ? inspected : { ...inspected, error: inspected.error.message }),
    ending,
    words: JSON.stringify({ ending, commands, handlerMissing, warnings, thrown, console }),
    outline: JSON.stringify([
      ending,
      commands.map(({ type }) => type),
      console.map(({ level }) => level),
      thrown?.name,
    ]),
  }
}

const event = {
  authentication: { methods: [] },
  client: { client_id: 'rehearsal', name: 'rehearsal', metadata: {} },
  connection: { id: 'con_rehearsal', name: 'rehearsal', strategy: 'auth0' },
  request: { ip: '203.0.113.7', hostname: 'rehearsal.example', method: 'GET', query: {}, body: {}, geoip: {} },
  secrets: {},
  tenant: { id: 'rehearsal' },
  transaction: { protocol_params: {} },
  user: {
    user_id: 'auth0|rehearsal',
    email: 'rehearsal@example.com',
    email_verified: true,
    app_metadata: {},
    user_metadata: {},
    enrolledFactors: [{ type: 'otp' }],
  },
}
const wallMs = 1_000
const outputBytes = 16_384
