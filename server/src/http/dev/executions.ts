/** Development only: what actions do, as server-sent events, to programs of this machine. What a run printed is in it. */
import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { ExecutionFeed, ToldExecution } from '../../executions/execution-feed.ts'
import { toResult } from '../management/actions/executions.ts'
import { requireLoopback } from './loopback-only.ts'

interface Options {
  feed: Pick<ExecutionFeed, 'listen'>
}

/** Who reads nothing is not waited for. */
const mostWaitingBytes = 4_194_304

const toEvent = ({ tenant, id, status, results }: ToldExecution): string =>
  `data: ${JSON.stringify({ tenant, id, status, results: results.map(toResult) })}\n\n`

export const liveExecutionRoutes =
  ({ feed }: Options) =>
  async (app: FastifyInstance): Promise<void> => {
    const open = new Set<ServerResponse>()
    app.addHook('onRequest', requireLoopback)
    // An answer without an end would keep the server from closing.
    app.addHook('preClose', async () => {
      for (const response of open) response.end()
    })

    app.get('/dev/executions', { exposeHeadRoute: false }, (_request, reply) => {
      reply.hijack()
      const { raw } = reply
      raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'close' })
      raw.flushHeaders()
      const stop = feed.listen((told) => {
        if (raw.writableLength > mostWaitingBytes) raw.destroy()
        else raw.write(toEvent(told))
      })
      open.add(raw)
      raw.once('close', () => {
        stop()
        open.delete(raw)
      })
    })
  }
