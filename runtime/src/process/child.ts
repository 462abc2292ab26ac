/**
 * The sandbox process: holds the isolates of one tenant and obeys the server. It has no file but isolated-vm's binary to
 * read, no network, no environment, and nothing to say except on file descriptor 3. When that closes, it ends.
 */
import { Socket } from 'node:net'
import { pack } from '../isolate/ahead.ts'
import { compileAhead, type Frozen, freezeModule } from '../isolate/freeze.ts'
import { createGuestSnapshots, type GuestSnapshots, packGuest, unpackGuest } from '../isolate/guest-snapshots.ts'
import type { Running } from '../isolate/isolate.ts'
import { createIsolatePool, type IsolatePool } from '../isolate/isolate-pool.ts'
import { rehearse } from '../isolate/rehearsal.ts'
import { type Module, unfinished } from '../isolate/run.ts'
import type { RunLimits } from '../limits.ts'
import { openLineChannel } from './line-channel.ts'
import type { FromChild, ToChild } from './message.ts'

type Receivers = { [Type in ToChild['type']]: (message: Extract<ToChild, { type: Type }>) => void | Promise<void> }

const modules = new Map<string, Module>()
const open = new Map<string, Running | undefined>()
let guest: GuestSnapshots | undefined
let pool: IsolatePool | undefined

const find = (hash: string) => {
  const module = modules.get(hash)
  if (!pool || !guest || !module) throw new Error('A module was used before it was loaded.')
  return { pool, guest, module }
}

const lease = (hash: string, heapMb: number) => {
  const { pool, module } = find(hash)
  return pool.lease(module, heapMb)
}

const freeze = async (hash: string, limits: RunLimits): Promise<Frozen> => {
  const { guest, module } = find(hash)
  try {
    const snapshot = pack(freezeModule({ guest, module, limits }))
    const frozen: Module = { ...module, ahead: { kind: 'snapshot', packed: snapshot } }
    const difference = await rehearse({ guest, module, frozen, limits })
    return difference === undefined ? { ok: true, snapshot } : { ok: false, refused: difference }
  } catch (thrown) {
    return { ok: false, refused: thrown instanceof Error ? thrown.message.slice(0, 512) : 'It cannot be frozen.' }
  }
}

const receivers: Receivers = {
  open: ({ prelude, packed }) => {
    const given = packed && unpackGuest(prelude, packed)
    guest = given ?? createGuestSnapshots(prelude)
    pool = createIsolatePool(guest)
    say(given ? { type: 'ready' } : { type: 'ready', packed: packGuest(guest) })
  },
  load: ({ module }) => {
    modules.set(module.hash, module)
  },
  run: ({ id, hash, run }) => {
    const leased = lease(hash, run.limits.heapMb)
    if (!leased.ok) return say({ type: 'ended', id, end: unfinished('threw', leased.error) })
    const { isolate, giveBack } = leased
    open.set(id, undefined)
    const running = isolate.invoke({
      run,
      network: {
        send: (request) => say({ type: 'egress', id, request }),
        abandon: (requestId) => say({ type: 'egress-abandoned', id, requestId }),
      },
      print: (printed) => say({ type: 'printed', id, ...printed } as FromChild),
      // One open run needs no telling apart.
      entering: () => open.size > 1 && say({ type: 'entering', id }),
      ended: (end) => {
        open.delete(id)
        say({ type: 'ended', id, end })
        giveBack()
      },
    })
    if (open.has(id)) open.set(id, running)
  },
  cancel: ({ id }) => open.get(id)?.end('canceled'),
  'egress-answer': ({ id, requestId, answer }) => open.get(id)?.settle(requestId, JSON.stringify(answer)),
  inspect: ({ id, hash, limits }) => {
    if (open.size > 0) say({ type: 'entering', id })
    const leased = lease(hash, limits.heapMb)
    if (!leased.ok) return say({ type: 'inspected', id, inspected: { ...leased, loadMs: 0 } })
    say({ type: 'inspected', id, inspected: leased.isolate.inspect(limits) })
    leased.giveBack()
  },
  compile: ({ id, hash, limits }) => say({ type: 'compiled', id, compiled: compileAhead({ ...find(hash), limits }) }),
  freeze: async ({ id, hash, limits }) => say({ type: 'frozen', id, frozen: await freeze(hash, limits) }),
  ping: () => say({ type: 'pong' }),
}

const receive = (message: ToChild): void => void (receivers[message.type] as (message: ToChild) => void)(message)

const socket = new Socket({ fd: 3 })
const channel = openLineChannel(socket, {
  maximumLength: Number.POSITIVE_INFINITY,
  received: (message) => receive(message as ToChild),
  broken: () => process.exit(1),
})
const say = (message: FromChild): void => channel.send(message)

socket.on('end', () => process.exit(0))
socket.on('error', () => process.exit(1))
