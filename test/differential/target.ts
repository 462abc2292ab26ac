/** The server that actions talk to: answers depend on the request and on the requests before it in the same run. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import { type HttpTarget, startHttpTarget } from '../support/http-target.ts'
import type { SeenRequest } from './story.ts'

export interface Target {
  origin: string
  /** Forgets what was before, and answers the requests since then. */
  takeRequests(): SeenRequest[]
  close(): Promise<void>
}

export interface Visit {
  request: IncomingMessage
  response: ServerResponse
  url: URL
  body: string
  /** How often this path has been asked for in this run, this time included. */
  times: number
}

/** By path, as it stands in the request. */
export type Routes = Record<string, (visit: Visit) => unknown>

export const json = (response: ServerResponse, body: unknown, status = 200): unknown =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

const routes: Routes = {
  '/json': ({ response }) => json(response, { score: 0.75, reasons: ['new device', 'ü'], nested: { a: [1, 2] } }),
  '/echo': ({ request, response, url, times }) => {
    const query = Object.fromEntries(url.searchParams)
    const { authorization = null, 'content-type': type = null, 'x-api-key': key = null } = request.headers
    json(response, { method: request.method, query, authorization, type, key, times })
  },
  '/status': ({ response, url }) => json(response, { error: 'as asked' }, Number(url.searchParams.get('code') ?? 500)),
  '/flaky': ({ response, times }) => (times < 3 ? json(response, { times }, 503) : json(response, { times })),
  '/slow': () => undefined,
  '/redirect': ({ response }) => response.writeHead(302, { location: '/json' }).end('elsewhere'),
  '/empty': ({ response }) => response.writeHead(204).end(),
  '/text': ({ response }) =>
    response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('plain, über\nlines'),
  '/bytes': ({ response }) => response.end(Buffer.from([0, 1, 127, 128, 254, 255])),
  '/gzip': ({ response }) =>
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/plain' }).end(gzipSync('was small')),
  '/cookies': ({ response }) => response.writeHead(200, { 'set-cookie': ['a=1; Path=/', 'b=2'] }).end('ok'),
  '/broken': ({ response }) => response.writeHead(200, { 'content-type': 'application/json' }).end('{"half":'),
  '/hang-up': ({ response }) => response.destroy(),
  '/page': ({ response, url }) => {
    const page = Number(url.searchParams.get('page') ?? 1)
    const headers = page < 3 ? { link: `</page?page=${page + 1}>; rel="next"` } : {}
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify([page, page * 10]))
  },
  '/oauth/token': ({ response, times }) =>
    json(response, { access_token: `access-${times}`, token_type: 'Bearer', expires_in: 86_400 }),
}

export const startTarget = async (more: Routes = {}): Promise<Target> => {
  const times = new Map<string, number>()
  const all = { ...routes, ...more }
  const server: HttpTarget = await startHttpTarget((request, response) => {
    const url = new URL(request.url ?? '/', 'http://target')
    const count = (times.get(url.pathname) ?? 0) + 1
    times.set(url.pathname, count)
    const answer = all[url.pathname]
    if (answer) answer({ request, response, url, times: count, body: server.seen.at(-1)?.body ?? '' })
    else json(response, { error: 'not found', path: url.pathname }, 404)
  })
  return {
    origin: server.origin,
    takeRequests: () => {
      times.clear()
      return server.seen.splice(0)
    },
    close: () => server.close(),
  }
}
