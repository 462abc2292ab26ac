/** Management tokens: who may do what in one tenant, for a day. Stateless: they hold on every node until they expire. */
import { errors, jwtVerify, SignJWT } from 'jose'
import type { Clock } from '../ports.ts'
import { originOf, type Tenant } from '../tenants/tenant.ts'
import { createRecentTokens } from './recent-tokens.ts'
import type { SigningKeyOf } from './signing-key.ts'

export interface Grant {
  clientId: string
  scopes: readonly string[]
}

export interface AccessTokens {
  issue(tenant: Tenant, grant: Grant): Promise<string>
  /** `undefined` for whatever is not a valid token of this tenant. */
  verify(tenant: Tenant, token: string): Promise<Grant | undefined>
}

export const accessTokenSeconds = 86_400

/** The audience of the management API. */
export const audienceOf = (tenant: Tenant): string => `${originOf(tenant)}/api/v2/`

/** The vendor's clients always name https, also where a local tenant has none. */
export const isAudienceOf = (tenant: Tenant, audience: string): boolean =>
  audience === audienceOf(tenant) || audience === audienceOf({ ...tenant, scheme: 'https' })

const algorithm = 'HS256'
export const issuerOf = (tenant: Tenant): string => `${originOf(tenant)}/`

/** What a client may call this server: with https also where a local tenant has none, as in audiences. */
export const issuersOf = (tenant: Tenant): string[] => [issuerOf(tenant), issuerOf({ ...tenant, scheme: 'https' })]

interface Deps {
  signingKeyOf: SigningKeyOf
  clock: Clock
}

/** Throws a `JOSEError` for whatever is not a valid token of this tenant. */
const createCheck =
  ({ signingKeyOf, clock }: Deps) =>
  async (tenant: Tenant, token: string) => {
    const { payload } = await jwtVerify(token, await signingKeyOf(tenant.name), {
      algorithms: [algorithm],
      issuer: issuerOf(tenant),
      audience: audienceOf(tenant),
      requiredClaims: ['exp', 'azp', 'scope'],
      currentDate: new Date(clock.now()),
    })
    const grant: Grant = { clientId: String(payload.azp), scopes: String(payload.scope).split(' ') }
    return { grant, expiresAt: Number(payload.exp) * 1_000 }
  }

export const createAccessTokens = (deps: Deps): AccessTokens => {
  const { signingKeyOf, clock } = deps
  const check = createCheck(deps)
  const recent = createRecentTokens<Grant>()
  return {
    async issue(tenant, { clientId, scopes }) {
      const now = Math.floor(clock.now() / 1_000)
      return new SignJWT({ azp: clientId, scope: scopes.join(' '), gty: 'client-credentials' })
        .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
        .setIssuer(issuerOf(tenant))
        .setSubject(`${clientId}@clients`)
        .setAudience(audienceOf(tenant))
        .setIssuedAt(now)
        .setExpirationTime(now + accessTokenSeconds)
        .sign(await signingKeyOf(tenant.name))
    },

    async verify(tenant, token) {
      const known = recent.find(tenant, token, clock.now())
      if (known) return known
      try {
        const found = await check(tenant, token)
        recent.keep(tenant, token, found)
        return found.grant
      } catch (error) {
        if (error instanceof errors.JOSEError) return undefined
        throw error
      }
    },
  }
}
