/**
 * Assertions of clients (RFC 7523, 2.2): short-lived, for this tenant alone, signed with a key of the client, good once.
 *
 * Everything here is asked by somebody unknown, so before the signature holds nothing is said and nothing is stored.
 */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose'
import type { Client, ClientStore } from '../clients/client.ts'
import type { ClientCredential } from '../clients/client-credential.ts'
import type { Clock } from '../ports.ts'
import type { RateLimitStore } from '../rate-limits/rate-limit.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { issuersOf } from './access-token.ts'

type Deps = {
  clients: Pick<ClientStore, 'find'>
  rateLimits: Pick<RateLimitStore, 'attempt'>
  clock: Clock
}

/** `wrong`: which claim, for whoever holds the key; `undefined` for everybody else. */
export type AssertionResult = { client: Client } | { client?: undefined; wrong?: string }

export type CheckAssertion = (tenant: Tenant, assertion: string) => Promise<AssertionResult>

/** The vendor's clients ask for three minutes. */
const mostSeconds = 300
/** Between the clocks of two machines. */
const toleranceSeconds = 30
const longestJti = 256
const mostKeysRead = 1_000

const subjectOf = (assertion: string): { clientId: string; kid: unknown } | undefined => {
  try {
    const { sub } = decodeJwt(assertion)
    return typeof sub === 'string' ? { clientId: sub, kid: decodeProtectedHeader(assertion).kid } : undefined
  } catch {
    return undefined
  }
}

type Key = Pick<ClientCredential, 'alg' | 'publicKey'> & { clientId: string }

/** Those that count now; a `kid` can only narrow them. */
const keysOf = ({ clientId, credentials = [], assertionCredentials = [] }: Client, kid: unknown, now: number): Key[] =>
  credentials
    .filter(({ id }) => assertionCredentials.includes(id))
    .filter((credential) => kid === undefined || credential.kid === kid)
    .filter(({ expiresAt }) => expiresAt === undefined || expiresAt > now)
    .map(({ alg, publicKey }) => ({ clientId, alg, publicKey }))

/**
 * Keys as they are worked with, by their PEM: to read one again for each assertion takes longer than the signature, and
 * anybody can send one. Bounded by their number, oldest out first.
 */
const createKeyReader = () => {
  const read = new Map<string, KeyObject>()
  return (pem: string): KeyObject => {
    const key = read.get(pem) ?? createPublicKey(pem)
    read.set(pem, key)
    const [oldest] = read.keys()
    if (read.size > mostKeysRead && oldest !== undefined) read.delete(oldest)
    return key
  }
}

type Verified = { payload: JWTPayload } | { wrong?: string }

const createVerify = ({ clock }: Deps) => {
  const readKey = createKeyReader()
  return async (tenant: Tenant, assertion: string, { clientId, alg, publicKey }: Key): Promise<Verified> => {
    try {
      const { payload } = await jwtVerify(assertion, readKey(publicKey), {
        algorithms: [alg],
        issuer: clientId,
        subject: clientId,
        audience: issuersOf(tenant),
        requiredClaims: ['exp', 'jti'],
        clockTolerance: toleranceSeconds,
        currentDate: new Date(clock.now()),
      })
      return { payload }
    } catch (error) {
      // The signature is looked at before the claims are.
      const isClaim = error instanceof errors.JWTClaimValidationFailed || error instanceof errors.JWTExpired
      if (isClaim) return { wrong: error.message }
      if (error instanceof errors.JOSEError) return {}
      throw error
    }
  }
}

export const createCheckAssertion = (deps: Deps): CheckAssertion => {
  const { clients, rateLimits, clock } = deps
  const verify = createVerify(deps)

  const firstVerified = async (tenant: Tenant, assertion: string, keys: readonly Key[]): Promise<Verified> => {
    for (const key of keys) {
      const verified = await verify(tenant, assertion, key)
      if ('payload' in verified || verified.wrong !== undefined) return verified
    }
    return {}
  }

  /** One atomic write says whether this is the first time; it is remembered for as long as the assertion would be good. */
  const use = async (tenant: Tenant, client: Client, { exp = 0, jti }: JWTPayload): Promise<AssertionResult> => {
    const now = clock.now()
    const leftMs = Math.ceil((exp + toleranceSeconds) * 1_000 - now)
    if (leftMs > (mostSeconds + 2 * toleranceSeconds) * 1_000) {
      return { wrong: `"exp" must be at most ${mostSeconds} seconds ahead` }
    }
    if (typeof jti !== 'string' || jti === '' || jti.length > longestJti) {
      return { wrong: `"jti" must be a text of 1 to ${longestJti} characters` }
    }
    const hash = createHash('sha256').update(jti).digest('base64url')
    const once = { most: 1, windowMs: Math.max(1, leftMs) }
    const first = await rateLimits.attempt(tenant.name, `assertion:${client.clientId}:${hash}`, once, now)
    return first.allowed ? { client } : { wrong: '"jti" was used before' }
  }

  return async (tenant, assertion) => {
    const subject = subjectOf(assertion)
    const client = subject && (await clients.find(tenant.name, subject.clientId))
    if (!client) return {}
    const verified = await firstVerified(tenant, assertion, keysOf(client, subject.kid, clock.now()))
    return 'payload' in verified ? use(tenant, client, verified.payload) : verified
  }
}
