/**
 * The signed message of `redirect.encodeToken` and `redirect.validateToken`: a JWT (RFC 7519) with HS256 and nothing
 * else. The algorithm is fixed here, never read from a header and obeyed.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

export type Claims = Record<string, unknown>

/** What a token must say to be this redirect's. `nowSeconds` is Unix time. */
export interface Expectation {
  secret: string
  state: string | undefined
  subject: string | undefined
  nowSeconds: number
}

export type Validation = { ok: true; claims: Claims } | { ok: false; reason: string }

export const signToken = (claims: Claims, secret: string): string => {
  const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  return `${signed}.${signatureOf(signed, secret).toString('base64url')}`
}

export const validateToken = (token: string, expected: Expectation): Validation => {
  const read = readToken(token, expected.secret)
  if (!read.ok) return read
  const reason = claimRules.find((rule) => !rule.holds(read.claims, expected))?.reason
  return reason === undefined ? read : refuse(reason)
}

/** Checks nothing but the shape, the algorithm and the signature. */
export const readToken = (token: string, secret: string): Validation => {
  const parts = tokenShape.exec(token)
  if (!parts) return refuse('jwt malformed')
  const [, head = '', body = '', signature = ''] = parts
  if (parseObject(head)?.alg !== 'HS256') return refuse('invalid algorithm')
  if (!equal(signatureOf(`${head}.${body}`, secret), Buffer.from(signature, 'base64url'))) {
    return refuse('invalid signature')
  }
  const claims = parseObject(body)
  return claims ? { ok: true, claims } : refuse('jwt malformed')
}

const claimRules: { reason: string; holds: (claims: Claims, expected: Expectation) => boolean }[] = [
  { reason: 'jwt has no expiry', holds: ({ exp }) => typeof exp === 'number' },
  { reason: 'jwt expired', holds: ({ exp }, { nowSeconds }) => (exp as number) > nowSeconds },
  { reason: 'jwt not active', holds: ({ nbf }, { nowSeconds }) => nbf === undefined || Number(nbf) <= nowSeconds },
  { reason: 'sub is not the current user', holds: ({ sub }, { subject }) => sameText(sub, subject) },
  { reason: 'state is not the one of this redirect', holds: ({ state }, expected) => sameText(state, expected.state) },
]

const header = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT' })).toString('base64url')
const tokenShape = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/

const refuse = (reason: string): Validation => ({ ok: false, reason })

const signatureOf = (signed: string, secret: string): Buffer => createHmac('sha256', secret).update(signed).digest()

const equal = (left: Buffer, right: Buffer): boolean => left.length === right.length && timingSafeEqual(left, right)

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

const sameText = (given: unknown, expected: string | undefined): boolean =>
  typeof given === 'string' && expected !== undefined && equal(digest(given), digest(expected))

const parseObject = (part: string): Claims | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString())
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Claims) : undefined
  } catch {
    return undefined
  }
}
