/** One request to one origin, and where its answer sends it on. */
import { EgressError } from '@interlock/runtime'
import { headersForOtherOrigin, headersWithoutBody, permittedHeaders } from './request-headers.ts'

export interface Hop {
  method: string
  /** http or https, without user, password and fragment. */
  url: URL
  headers: readonly (readonly [name: string, value: string])[]
  body?: Uint8Array
}

const refuse = (code: string, message: string): never => {
  throw new EgressError(code, message)
}

const parseTarget = (text: string, base?: URL): URL => {
  const url = URL.parse(text, base) ?? refuse('ERR_INVALID_URL', 'Invalid URL')
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    refuse('ERR_EGRESS_SCHEME', `${url.protocol} cannot be fetched: use http: or https:.`)
  url.username = ''
  url.password = ''
  url.hash = ''
  return url
}

export const firstHop = ({ url, headers, ...rest }: Omit<Hop, 'url'> & { url: string }): Hop => ({
  ...rest,
  url: parseTarget(url),
  headers: permittedHeaders(headers),
})

export const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status)

/** Whether the method becomes GET, as fetch decides (HTTP-redirect fetch, step 12). */
const becomesGet = (status: number, method: string): boolean =>
  status === 303 ? method !== 'GET' && method !== 'HEAD' : (status === 301 || status === 302) && method === 'POST'

export const nextHop = ({ method, url, headers, body }: Hop, status: number, location: string): Hop => {
  const target = parseTarget(location, url)
  const kept = target.origin === url.origin ? headers : headersForOtherOrigin(headers)
  if (becomesGet(status, method)) return { method: 'GET', url: target, headers: headersWithoutBody(kept) }
  return { method, url: target, headers: kept, ...(body && { body }) }
}
