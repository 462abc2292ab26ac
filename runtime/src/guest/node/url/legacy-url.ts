/** `Url`, the parts of a URL as `url.parse` answers them, and how they become text again. */
import { named } from '../named.ts'
import { sibling } from '../siblings.ts'

export interface LegacyUrl {
  protocol: string | null
  slashes: boolean | null
  auth: string | null
  host: string | null
  port: string | null
  hostname: string | null
  hash: string | null
  search: string | null
  query: string | Record<string, unknown> | null
  pathname: string | null
  path: string | null
  href: string | null
  parse(url: unknown, parseQuery?: unknown, slashesDenoteHost?: unknown): LegacyUrl
  format(): string
  resolve(relative: unknown): string
  resolveObject(relative: unknown): LegacyUrl
}

interface QueryString {
  parse(text: string): Record<string, unknown>
  stringify(object: unknown): string
}

export const queryString = (): QueryString => sibling('querystring') as QueryString

/** With and without the colon: both are in use. */
const withColon = (names: readonly string[]) => new Set(names.flatMap((name) => [name, `${name}:`]))

/** Two slashes follow, and then a host. */
export const slashed = withColon(['http', 'https', 'ftp', 'gopher', 'file', 'ws', 'wss'])
/** There is no host, and nothing is escaped. */
export const hostless = withColon(['javascript'])

const isIpv6 = (hostname: string) => /^\[.*\]$/s.test(hostname)

const hostOf = ({ host, hostname, port }: LegacyUrl, auth: string): string => {
  if (host) return auth + host
  if (!hostname) return ''
  const bracketed = hostname.includes(':') && !isIpv6(hostname) ? `[${hostname}]` : hostname
  return `${auth}${bracketed}${port ? `:${port}` : ''}`
}

const leading = (text: string, mark: string) => (text === '' || text.startsWith(mark) ? text : mark + text)

export const formatUrl = (url: LegacyUrl): string => {
  const auth = url.auth ? `${encodeURIComponent(url.auth).replaceAll('%3A', ':')}@` : ''
  const protocol = url.protocol && !url.protocol.endsWith(':') ? `${url.protocol}:` : url.protocol || ''
  const query = typeof url.query === 'object' && url.query !== null ? queryString().stringify(url.query) : ''
  const search = url.search || (query && `?${query}`) || ''
  let pathname = (url.pathname || '').replaceAll('#', '%23').replaceAll('?', '%3F')
  let host = hostOf(url, auth)
  if (url.slashes || (slashed.has(protocol) && host)) {
    pathname = leading(pathname, '/')
    host = `//${host}`
  } else if (protocol.startsWith('file')) host = slashed.has(protocol) ? '//' : host
  const end = leading(search.replaceAll('#', '%23'), '?') + leading(url.hash || '', '#')
  return `${protocol}${host}${pathname}${end}`
}

export const Url = named('Url', function (this: LegacyUrl) {
  Object.assign(this, {
    protocol: null,
    slashes: null,
    auth: null,
    host: null,
    port: null,
    hostname: null,
    hash: null,
    search: null,
    query: null,
    pathname: null,
    path: null,
    href: null,
  })
} as unknown as { new (): LegacyUrl; prototype: LegacyUrl })
