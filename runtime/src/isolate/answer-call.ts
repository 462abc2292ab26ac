/**
 * Answers the calls of one run (bridge/call.ts). The JSON comes from inside the isolate and is believed in nothing;
 * whatever it holds, the answer is JSON too and this function never throws into the guest.
 */
import {
  type Answer,
  type Answers,
  type Ask,
  type Call,
  runlessCalls,
  type UrlField,
  type UrlParts,
  urlFields,
} from '../bridge/call.ts'
import { answerNative } from './answer-native.ts'
import type { Print, Run } from './run.ts'
import { type Claims, signToken, validateToken } from './token.ts'

type Facts = Pick<Run, 'event' | 'redirectState'> & { print?: Print }
type Answerers = {
  [Name in Call['call']]: (given: Claims, facts: Facts) => Answers[Name]
}

export const createAsk =
  (facts: Facts): Ask =>
  (json) => {
    try {
      return JSON.stringify(answer(json, facts))
    } catch (thrown) {
      return JSON.stringify(thrown instanceof BadCall ? fail(thrown.message) : fail('The call could not be answered.'))
    }
  }

/** The name that is asked by, whatever else the text holds; empty where there is none. */
export const nameOfCall = (json: string): string => {
  try {
    return String(dictionary(JSON.parse(json)).call)
  } catch {
    return ''
  }
}

const answerWithoutRun = createAsk({ event: {} })

/** Answers where there is no run yet. */
export const answerPure: Ask = (json) => {
  if (runlessCalls.has(nameOfCall(json))) return answerWithoutRun(json)
  return JSON.stringify(fail('This needs a run, and none has begun: call it in the handler.'))
}

const answer = (json: string, facts: Facts): Answer<unknown> => {
  if (typeof json !== 'string' || json.length > largestCallLength) throw new BadCall('The arguments are too large.')
  const given = dictionary(JSON.parse(json))
  const name = String(given.call)
  if (json.length > (largeCalls.has(name) ? largestCallLength : maximumCallLength))
    throw new BadCall('The arguments are too large.')
  if (!Object.hasOwn(answerers, name)) throw new BadCall('There is no such call.')
  return answerers[name as Call['call']](given, facts)
}

const answerers: Answerers = {
  'url.resolve': ({ url, query }) => {
    const target = typeof url === 'string' ? URL.parse(url) : null
    if (!target) return fail('Invalid URL')
    const given = Object.entries(dictionary(query))
    // Not those of the URL: it would be parsed anew for each of them.
    const parameters = new URLSearchParams(target.search)
    for (const [key, value] of given) parameters.set(key, String(value))
    if (given.length > 0) target.search = String(parameters)
    return { ok: true, value: target.href }
  },

  'url.parse': ({ url, base }) => {
    const parsed = URL.parse(String(url), base === undefined ? undefined : String(base))
    return parsed ? { ok: true, value: toParts(parsed) } : fail('Invalid URL')
  },

  'url.change': ({ url, field, value }) => {
    const target = typeof url === 'string' ? URL.parse(url) : null
    if (!target || !urlFields.includes(field as UrlField)) return fail('Invalid URL')
    target[field as UrlField] = String(value)
    return { ok: true, value: toParts(target) }
  },

  'token.encode': ({ secret, payload, expiresInSeconds }, { event }) => {
    const request = dictionary(event.request)
    const iat = nowSeconds()
    const life = typeof expiresInSeconds === 'number' ? expiresInSeconds : defaultLifeSeconds
    const claims = { iat, iss: request.hostname, sub: userId(event), exp: iat + life, ip: request.ip }
    return { ok: true, value: signToken({ ...claims, ...dictionary(payload) }, text(secret, 'secret')) }
  },

  'token.validate': ({ secret, tokenParameterName }, { event, redirectState }) => {
    const { query, body } = dictionary(event.request)
    const parameters = { ...dictionary(query), ...dictionary(body) }
    const name = text(tokenParameterName, 'tokenParameterName')
    const token = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    if (typeof token !== 'string') {
      const message = `There is no parameter called '${name}' available in either the POST body or query string.`
      return { ok: false, error: 'Error', message }
    }
    const expected = { secret: text(secret, 'secret'), state: redirectState, subject: userId(event) }
    const validation = validateToken(token, { ...expected, nowSeconds: nowSeconds() })
    if (validation.ok) return { ok: true, value: validation.claims }
    return { ok: false, error: 'Error', message: `The session token is invalid: ${validation.reason}` }
  },

  'native.compute': ({ name, args }) => answerNative('native.compute', name, args),
  'native.draw': ({ name, args }) => answerNative('native.draw', name, args),

  'console.print': ({ first, lines }, { print }) => {
    if (!print) return fail('Nobody follows this run.')
    print({ first, lines })
    return { ok: true, value: null }
  },
}

/** An event is a few kB at most; the largest honest argument is a token's payload. */
const maximumCallLength = 131_072
/**
 * What an answer over the network may be at most (limit `egressBytes`), as Base64: it may have to be hashed or unpacked. And
 * what a console may hold (limit `outputBytes`), each character escaped.
 */
const largestCallLength = 6_291_456
const largeCalls: ReadonlySet<string> = new Set([
  'native.compute',
  'native.draw',
  'console.print',
] satisfies Call['call'][])
const defaultLifeSeconds = 900

class BadCall extends Error {}

const fail = (message: string): { ok: false; error: 'TypeError'; message: string } => ({
  ok: false,
  error: 'TypeError',
  message,
})

const text = (value: unknown, name: string): string => {
  if (typeof value !== 'string' || value === '') throw new BadCall(`"${name}" must be a non-empty string`)
  return value
}

const toParts = (url: URL): UrlParts => {
  const { href, origin } = url
  const parts = urlFields.map((field) => [field, url[field]])
  return { href, origin, ...(Object.fromEntries(parts) as Record<UrlField, string>) }
}

/** Plain data only ever arrives here: `value` has been through JSON. */
const dictionary = (value: unknown): Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : {}

const userId = (event: Facts['event']): string | undefined => {
  const id = dictionary(event.user).user_id
  return typeof id === 'string' ? id : undefined
}

const nowSeconds = (): number => Math.floor(Date.now() / 1_000)
