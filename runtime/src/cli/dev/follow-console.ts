/** What actions print, while they run: told by every server, to a client that may read its tenant's log and executions. */
import { setTimeout as delay } from 'node:timers/promises'
import type { ConsoleLine } from '../../bridge/outcome.ts'
import { describeLine } from '../../testing/describe-run.ts'
import { type JsonApi, RefusedRequest } from './json-api.ts'
import { serverEvents } from './server-events.ts'
import type { RunName } from './shown-lines.ts'

/** One line; `line` counts from 1 within its run. */
export interface ToldLine extends ConsoleLine, RunName {
  action_name: string
  line: number
}

export interface FollowConsole {
  api: Pick<JsonApi, 'open'>
  signal: AbortSignal
  told(line: ToldLine): void
  /** So many lines came faster than they could be told. */
  dropped(lines: number): void
}

/** Resolves with the reason where the server refuses, and with nothing when the signal aborts. */
export const followConsole = async ({ api, signal, told, dropped }: FollowConsole): Promise<string | undefined> => {
  while (!signal.aborted) {
    try {
      for await (const { name, data } of serverEvents(await api.open('/logs/stream', signal))) {
        if (name === 'console') told(JSON.parse(data) as ToldLine)
        if (name === 'console-dropped') dropped((JSON.parse(data) as { lines: number }).lines)
      }
    } catch (error) {
      if (error instanceof RefusedRequest && error.status < 500) return error.message
      // Whatever cut the connection, such as the server once a token has grown old: it is made anew until the command ends.
    }
    await delay(againMs, undefined, { signal }).catch(() => {})
  }
  return undefined
}

export const describeToldLine = (line: ToldLine): string =>
  `${line.action_name}: ${describeLine(line).replaceAll('\n', '\n    ')}`

const againMs = 1_000
