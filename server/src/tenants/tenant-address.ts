/** Rules for what a tenant is called and where its users find it. */
import type { Tenant } from './tenant.ts'

export const tenantName = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** Both browsers and standards treat these names as the machine itself: nothing crosses a network (RFC 6761, 6.3). */
const isLoopbackName = (host: string): boolean => host === 'localhost' || host.endsWith('.localhost')

/** Canonical as a browser would send it, so that the host of a request can be compared as text. */
const isCanonicalHost = ({ scheme, domain }: Pick<Tenant, 'scheme' | 'domain'>): boolean => {
  const url = URL.parse(`${scheme}://${domain}/`)
  return url !== null && url.host === domain && /^[a-z0-9.-]+(?::\d+)?$/.test(domain)
}

export interface AddressProblem {
  field: 'domain' | 'scheme'
  rule: string
}

/** What is wrong with the address of a tenant, or `undefined`. */
export const checkAddress = (
  address: Pick<Tenant, 'scheme' | 'domain'>,
  plainHttp: 'localhost-only' | 'forbidden',
): AddressProblem | undefined => {
  if (!isCanonicalHost(address)) {
    const rule =
      "must be a host name in lower case, with its port only where that is not the scheme's own: no scheme, no path"
    return { field: 'domain', rule }
  }
  if (address.scheme === 'https') return undefined
  if (plainHttp === 'forbidden') return { field: 'scheme', rule: 'must be https in production' }
  return isLoopbackName(address.domain.replace(/:\d+$/, ''))
    ? undefined
    : { field: 'scheme', rule: 'may be http for localhost and *.localhost only' }
}
