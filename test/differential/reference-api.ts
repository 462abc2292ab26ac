/**
 * The `api` of the trigger, written a second time from the contract alone, with Node's own modules. It shares no code with
 * the runtime: what both get wrong in the same way would otherwise agree.
 */
import { createHmac } from 'node:crypto'
import type { Leg, RecordedCommand } from './story.ts'

type Bag = Record<string, unknown>

interface Factor {
  type: string
  options?: Bag
}

const aliases: Record<string, Factor> = {
  push: { type: 'push-notification' },
  sms: { type: 'phone', options: { preferredMethod: 'sms' } },
}

const toFactor = ({ type, options }: Factor): Factor => aliases[type] ?? (options ? { type, options } : { type })

const toUrl = (url: string, { query = {} }: { query?: Bag } = {}): string => {
  const target = new URL(url)
  for (const [name, value] of Object.entries(query)) target.searchParams.set(name, String(value))
  return target.href
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

export const signToken = (claims: Bag, secret: string): string => {
  const signed = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

const createRedirect = ({ event, redirectState }: Leg, record: (command: RecordedCommand) => void) => {
  const { request, user } = event as { request: { [name: string]: unknown; query: Bag; body: Bag }; user: Bag }

  const complain = (claims: Bag): string | undefined => {
    if ((claims.exp as number) <= Date.now() / 1_000) return 'jwt expired'
    if (claims.sub !== user.user_id) return 'sub is not the current user'
    if (claims.state !== redirectState) return 'state is not the one of this redirect'
    return undefined
  }

  return {
    encodeToken: ({
      secret,
      payload,
      expiresInSeconds,
    }: {
      secret: string
      payload: Bag
      expiresInSeconds?: number
    }) => {
      const iat = Math.floor(Date.now() / 1_000)
      const own = {
        iat,
        iss: request.hostname,
        sub: user.user_id,
        exp: iat + (expiresInSeconds ?? 900),
        ip: request.ip,
      }
      return signToken({ ...own, ...payload }, secret)
    },
    sendUserTo: (url: string, options?: { query?: Bag }) =>
      record({ type: 'redirect.sendUserTo', url: toUrl(url, options) }),
    validateToken: ({
      secret,
      tokenParameterName = 'session_token',
    }: {
      secret: string
      tokenParameterName?: string
    }) => {
      const token = { ...request.query, ...request.body }[tokenParameterName]
      if (typeof token !== 'string')
        throw new Error(
          `There is no parameter called '${tokenParameterName}' available in either the POST body or query string.`,
        )
      const [, body = ''] = token.split('.')
      const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
      const isSigned = signToken(claims, secret) === token
      const complaint = isSigned ? complain(claims) : 'invalid signature'
      if (complaint) throw new Error(`The session token is invalid: ${complaint}`)
      return claims
    },
  }
}

const defaultLifeMs = 15 * 60_000
const longestLifeMs = 24 * 3_600_000

const createCache = (contents: Leg['cache'], record: (command: RecordedCommand) => void) => {
  const records = new Map(Object.entries(contents))
  const refuse = (code: string) => ({ type: 'error', code })
  return {
    get: (key: string) => {
      const found = records.get(key)
      return found && { ...found }
    },
    set: (key: string, value: string, { ttl, expires_at }: { ttl?: number; expires_at?: number } = {}) => {
      if (Buffer.byteLength(key) > 64) return refuse('CacheKeySizeExceeded')
      if (Buffer.byteLength(value) > 4_096) return refuse('CacheValueSizeExceeded')
      const now = Date.now()
      const ends = [ttl === undefined ? undefined : now + ttl, expires_at].filter((end) => end !== undefined)
      const wanted = ends.length === 0 ? now + defaultLifeMs : Math.min(...ends)
      if (wanted <= now) return refuse('ItemAlreadyExpired')
      const stored = { value, expires_at: Math.min(wanted, now + longestLifeMs) }
      records.set(key, stored)
      record({ type: 'cache.set', key, record: stored })
      return { type: 'success', record: { ...stored } }
    },
    delete: (key: string) => {
      if (!records.delete(key)) return refuse('CacheKeyDoesNotExist')
      record({ type: 'cache.delete', key })
      return { type: 'success' }
    },
  }
}

/** `check` throws what ends a run whose commands contradict each other, also where the author has caught it. */
export const createReferenceApi = (leg: Leg) => {
  const commands: RecordedCommand[] = []
  let fatal: Error | undefined

  const record = (command: RecordedCommand): void => void commands.push(structuredClone(command))
  const leave = (way: string) => {
    const ways = commands.map(({ type }) => type).filter((type) => /^(redirect|prompt)\./.test(type))
    if (ways.some((type) => type !== way))
      fatal ??= new Error('Redirect and render commands cannot be used in the same action.')
    if (way === 'prompt.render' && ways.includes(way))
      fatal ??= new Error('Only 1 render command per action is allowed.')
    if (fatal) throw fatal
  }
  const redirect = createRedirect(leg, (command) => {
    leave(command.type)
    record(command)
  })

  const api = {
    access: { deny: (reason: string): void => record({ type: 'access.deny', reason }) },
    authentication: {
      challengeWith: (factor: Factor, { additionalFactors }: { additionalFactors?: Factor[] } = {}): void =>
        record({
          type: 'authentication.challengeWith',
          factor: toFactor(factor),
          additionalFactors: (additionalFactors ?? []).map(toFactor),
        }),
      challengeWithAny: (factors: Factor[]): void =>
        record({ type: 'authentication.challengeWithAny', factors: factors.map(toFactor) }),
    },
    cache: createCache(leg.cache, record),
    prompt: {
      render: (id: string, { fields, vars }: { fields?: Bag; vars?: Bag } = {}): void => {
        leave('prompt.render')
        record({ type: 'prompt.render', id, ...(fields && { fields }), ...(vars && { vars }) })
      },
    },
    redirect,
    transaction: {
      setResultUrl: (url: string, options?: { query?: Bag }): void =>
        record({ type: 'transaction.setResultUrl', url: toUrl(url, options) }),
    },
  }
  const check = (): RecordedCommand[] => {
    if (fatal) throw fatal
    return commands
  }
  return { api, check }
}
