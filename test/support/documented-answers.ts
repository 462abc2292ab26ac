/** Holds every answer of the APIs against what `/docs/openapi.json` says of its request. */
import type { FastifyInstance } from 'fastify'
import type { OpenApi } from '../../server/src/http/docs/openapi.ts'

interface Told {
  method: string
  path: RegExp
  statuses: ReadonlySet<number>
}

const toldIn = ({ paths }: OpenApi): Told[] =>
  Object.entries(paths)
    // A name before a placeholder: `/users/name` is no id.
    .toSorted(([a], [b]) => a.split('{').length - b.split('{').length)
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { responses }]) => ({
        method: method.toUpperCase(),
        path: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}/?$`),
        statuses: new Set(Object.keys(responses).map(Number)),
      })),
    )

/** A body of another type, or too large, is refused before anything else is looked at. */
const everywhere = new Set([413, 415])

/** On such a host every request is answered 404. */
const nobodysHost = 'No tenant has this domain.'

export const answersOf = (app: FastifyInstance) => {
  let told: Told[] | undefined
  return async (
    request: { method: string; url: string },
    { statusCode: status, body }: { statusCode: number; body: string },
  ): Promise<string | undefined> => {
    if (body.includes(nobodysHost)) return undefined
    told ??= toldIn((await app.inject('/docs/openapi.json')).json())
    const [path = ''] = request.url.split('?')
    const operation = told.find((candidate) => candidate.method === request.method && candidate.path.test(path))
    if (!operation || operation.statuses.has(status) || everywhere.has(status) || status >= 500) return undefined
    return `${request.method} ${path} answered ${status}, which its description does not have: see "refuses" in CONTRIBUTING.md`
  }
}
