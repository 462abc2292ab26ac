/**
 * `/logs/stream`: the log as it is written, as server-sent events.
 *
 * - `log` events carry entries, with their id: a client that comes back with `Last-Event-ID` (or `from`) misses none
 * - `console` events carry what actions print, while they run, for tokens that may read executions
 * - who reads lines too slowly is told how many it has missed (`console-dropped`); who reads entries too slowly is cut off
 * - after some minutes everybody is: who may read is asked anew then; with the tenant, at once
 */
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { LiveLog } from '../../../logs/live-log.ts'
import type { LogStore } from '../../../logs/log-store.ts'
import { effectiveLimits } from '../../../tenants/limits.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { WireProblem } from '../../wire-problem.ts'
import { type EntrySource, LogStream } from './event-stream.ts'
import { logId } from './log-schema.ts'

export type StreamDeps = EntrySource & {
  logs: Pick<LogStore, 'lastId'>
  liveLog: Pick<LiveLog, 'follow'>
}

/** Entries are also looked for at this pace: news may be lost on their way. */
const heartbeatMs = 15_000
const longestMs = 15 * 60_000

const query = z.strictObject({ from: logId.optional() })

const startingPoint = async ({ logs }: StreamDeps, request: FastifyRequest, from: string | undefined) => {
  const header = logId.safeParse(request.headers['last-event-id'])
  // Before its first entry a tenant has no id to begin after: then everything is new.
  return header.success ? header.data : (from ?? (await logs.lastId(request.tenant.name)))
}

export const streamRoute = (deps: StreamDeps) => async (app: Api) => {
  const open = new Map<ServerResponse, string>()
  const countOf = (tenant: string) => [...open.values()].filter((name) => name === tenant).length
  // An answer without an end would keep the server from closing.
  app.addHook('preClose', async () => {
    for (const response of open.keys()) response.end()
  })

  const options = {
    exposeHeadRoute: false,
    config: { scopes: ['read:logs'] },
    schema: {
      summary: 'The log as it is written',
      description: 'Server-sent events: log with an entry, console with a line that an action prints, console-dropped.',
      querystring: query,
      response: { 200: { content: { 'text/event-stream': { schema: z.string() } } } },
    },
  }
  app.get('/logs/stream', options, async (request, reply) => {
    const { tenant, grant } = request
    const { logStreams } = effectiveLimits(tenant)
    if (countOf(tenant.name) >= logStreams) {
      throw new WireProblem(429, `Limit logStreams exceeded: ${logStreams} live logs of the tenant are open.`)
    }
    const { raw } = reply
    open.set(raw, tenant.name)
    raw.once('close', () => open.delete(raw))
    const last = await startingPoint(deps, request, request.query.from)
    reply.hijack()
    const stream = new LogStream(deps, raw, { tenant, last })
    let isOpen = false
    const following = [deps.liveLog.follow(tenant.name, 'stored', () => isOpen && stream.read())]
    if (grant.scopes.includes('read:actions')) {
      following.push(deps.liveLog.follow(tenant.name, 'console', (news) => isOpen && stream.print(news)))
    }
    const stops = await Promise.all(following)
    const stop = () => {
      for (const stopOne of stops) stopOne()
    }
    if (raw.destroyed) return stop()
    isOpen = true
    // Who has the head of the answer hears of everything from here on.
    reply.headers({ 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
    raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders)
    raw.write('retry: 2000\n\n')
    const heart = setInterval(() => stream.beat(), heartbeatMs)
    const end = setTimeout(() => raw.end(), longestMs)
    raw.once('close', () => {
      stop()
      clearInterval(heart)
      clearTimeout(end)
    })
    stream.read()
  })
}
