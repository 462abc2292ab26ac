/** The APIs that `/docs` describes, by where their routes lie. */
import type { z } from 'zod'
import { managementScopes } from '../../access/management-scopes.ts'
import { oauthRefusal, wireRefusal } from '../wire-answer.ts'

export interface ApiSurface {
  prefix: string
  /** Of a route's own place below the prefix. */
  tagOf(path: string): string
  /** Alternatives: each names a scheme and the scopes it needs. */
  securityOf(scopes: readonly string[]): Record<string, string[]>[]
  refusal: z.ZodType
  /** What any of its routes may answer besides what the route itself names. */
  refuses: readonly number[]
  accepts: readonly string[]
}

const json = 'application/json'
const form = 'application/x-www-form-urlencoded'

const tags: Record<string, string> = { 'users-by-email': 'users' }
const firstPart = (path: string): string => path.split('/')[0] ?? ''

export const apis: readonly ApiSurface[] = [
  {
    prefix: '/api/v2/',
    tagOf: (path) => tags[firstPart(path)] ?? firstPart(path),
    securityOf: (scopes) => scopes.map((scope) => ({ management: [scope] })),
    refusal: wireRefusal,
    refuses: [401, 403, 429],
    accepts: [json],
  },
  {
    prefix: '/oauth/',
    tagOf: () => 'authentication',
    securityOf: () => [{ client: [] }, {}],
    refusal: oauthRefusal,
    refuses: [401, 403],
    accepts: [form, json],
  },
  {
    prefix: '/.well-known/',
    tagOf: () => 'authentication',
    securityOf: () => [],
    refusal: oauthRefusal,
    refuses: [],
    accepts: [json],
  },
  {
    prefix: '/dbconnections/',
    tagOf: () => 'authentication',
    securityOf: () => [],
    refusal: oauthRefusal,
    refuses: [429],
    accepts: [json],
  },
  {
    prefix: '/operator/v1/',
    tagOf: () => 'operator',
    securityOf: () => [{ operator: [] }],
    refusal: wireRefusal,
    refuses: [401],
    accepts: [json],
  },
]

export const securitySchemes = {
  management: {
    type: 'oauth2',
    description: "A token of the tenant's management API: good for a day, with the scopes of its client.",
    flows: {
      clientCredentials: {
        tokenUrl: '/oauth/token',
        scopes: Object.fromEntries(managementScopes.map((scope) => [scope, ''])),
      },
    },
  },
  client: { type: 'http', scheme: 'basic', description: 'Id and secret of a client; they may also stand in the body.' },
  operator: { type: 'http', scheme: 'bearer', description: "The operator's token: OPERATOR_TOKEN." },
}

/** What a refusal means, whatever it is asked for. */
export const refusalTexts: Record<number, string> = {
  400: 'The path, the query or the body is not as described, or cannot be accepted as it is. The message names what and why.',
  401: 'No valid token or client.',
  403: 'Not for this client, or its token lacks the scope.',
  404: 'There is none with this id or name.',
  409: 'It is there already, or still in use.',
  429: 'Too many requests. Retry-After says when to come back.',
  503: 'Something this server asks did not answer, or a search would have taken too long.',
}
