/** Who asks for a WebAuthn ceremony: always the tenant's configured domain, never a header of the request. */
import { originOf, type Tenant } from '../tenants/tenant.ts'

export interface RelyingParty {
  /** Host name without port (WebAuthn: RP ID). */
  id: string
  origin: string
}

export const relyingPartyOf = (tenant: Pick<Tenant, 'scheme' | 'domain'>): RelyingParty => {
  const { hostname, origin } = new URL(originOf(tenant))
  return { id: hostname, origin }
}
