/**
 * Tells a tenant's log in the background: nobody who does something waits for what is written about it, and many entries
 * are one write. Names of applications and connections are looked up here.
 *
 * - entries wait for a moment only, and `close` of the server writes what waits
 * - when the store cannot keep up, what is beyond a bound is dropped and counted in the operational log
 */
import type { Client } from '../clients/client.ts'
import type { Connection } from '../connections/connection.ts'
import type { Clock, Logger } from '../ports.ts'
import { boundDetails, boundText } from './bound-details.ts'
import { logCodes } from './log-code.ts'
import type { LogEvent, LogFacts, NewLogEntry } from './log-entry.ts'
import type { LogStore } from './log-store.ts'
import type { TenantLog } from './tenant-log.ts'

interface Deps {
  logs: Pick<LogStore, 'append'>
  clients: { find(tenant: string, clientId: string): Promise<Pick<Client, 'name'> | undefined> }
  connections: {
    findByName(tenant: string, name: string): Promise<Pick<Connection, 'id' | 'name' | 'strategy'> | undefined>
  }
  clock: Clock
  logger: Logger
  /** Called once entries of a tenant are stored. */
  stored: (tenant: string) => void
}

interface Told {
  event: LogEvent
  date: number
}

export interface LogQueue extends TenantLog {
  /** Writes what waits. */
  close(): Promise<void>
}

const pauseMs = 50
const mostWaiting = 10_000
/** SQLite binds at most 32,766 values in a statement. */
const mostAtOnce = 500

const boundFacts = (facts: LogFacts): LogFacts =>
  Object.fromEntries(Object.entries(facts).map(([name, text]) => [name, text && boundText(text)]))

const completeWith = async ({ clients, connections }: Deps, tenant: string, told: Told): Promise<NewLogEntry> => {
  const { type, details, ...facts } = told.event
  const [client, connection] = await Promise.all([
    facts.clientId ? clients.find(tenant, facts.clientId) : undefined,
    facts.connection ? connections.findByName(tenant, facts.connection) : undefined,
  ])
  return {
    type,
    description: logCodes[type].text,
    ...boundFacts(facts),
    ...(details && { details: boundDetails(details) }),
    ...(client && { clientName: boundText(client.name) }),
    ...(connection && {
      connection: connection.name,
      connectionId: connection.id,
      strategy: connection.strategy,
      strategyType: connection.strategy === 'auth0' ? ('database' as const) : ('enterprise' as const),
    }),
    date: told.date,
  }
}

export const createLogQueue = (deps: Deps): LogQueue => {
  const { logs, clock, logger, stored } = deps
  let waiting = new Map<string, Told[]>()
  let count = 0
  let dropped = 0
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()

  const write = async (tenant: string, told: readonly Told[]): Promise<void> => {
    try {
      for (let at = 0; at < told.length; at += mostAtOnce) {
        const some = told.slice(at, at + mostAtOnce)
        await logs.append(tenant, await Promise.all(some.map((one) => completeWith(deps, tenant, one))))
      }
      stored(tenant)
    } catch (error) {
      logger.error({ error, tenant, entries: told.length }, 'log entries of the tenant were not stored')
    }
  }

  const writeAll = async (): Promise<void> => {
    const taken = waiting
    waiting = new Map()
    count = 0
    if (dropped > 0) logger.error({ entries: dropped }, 'log entries were dropped: the store cannot keep up')
    dropped = 0
    for (const [tenant, told] of taken) await write(tenant, told)
  }

  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    writing = writing.then(writeAll)
    return writing
  }

  return {
    record(tenant, event) {
      if (count >= mostWaiting) {
        dropped += 1
        return
      }
      count += 1
      const told = { event, date: clock.now() }
      const queue = waiting.get(tenant)
      if (queue) queue.push(told)
      else waiting.set(tenant, [told])
      timer ??= setTimeout(() => void flush(), pauseMs)
    },
    complete: (tenant, event) => completeWith(deps, tenant, { event, date: clock.now() }),
    stored,
    flush,
    close: flush,
  }
}
