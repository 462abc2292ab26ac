/** `url.parse`: RFC 3986 as Node has read it since its beginnings. */
import { invalidArgumentValue, nodeError } from '../../node-error.ts'
import { requireString } from '../validate.ts'
import { domainToAscii } from './domain.ts'
import { formatUrl, hostless, type LegacyUrl, queryString, slashed } from './legacy-url.ts'

export interface ParseOptions {
  parseQuery: unknown
  /** `//host/path` names a host without a protocol before it. */
  slashesDenoteHost: unknown
}

const mostHostLength = 255

const invalidUrl = (input: string) => Object.assign(nodeError(TypeError, 'ERR_INVALID_URL', 'Invalid URL'), { input })

const surroundingSpace = /^[\0- \u00a0\ufeff]+|[\0- \u00a0\ufeff]+$/g

/** Without space around it, and with backslashes turned before the query and the fragment. */
const tidy = (url: string): string => {
  const trimmed = url.replace(surroundingSpace, '')
  const at = trimmed.search(/[?#]/)
  const [head, tail] = at === -1 ? [trimmed, ''] : [trimmed.slice(0, at), trimmed.slice(at)]
  return head.replaceAll('\\', '/') + tail
}

const setQuery = (url: LegacyUrl, search: string | null, parseQuery: unknown) => {
  if (search !== null) url.search = search
  const text = search?.slice(1) ?? ''
  if (parseQuery) url.query = queryString().parse(text)
  else if (search !== null) url.query = text
}

const simplePath = /^(\/\/?(?!\/)[^?\s]*)(\?[^\s]*)?$/

/** A path with or without a query needs no more than this. */
const takeSimplePath = (url: LegacyUrl, rest: string, parseQuery: unknown): boolean => {
  const found = simplePath.exec(rest)
  if (found === null) return false
  url.path = rest
  url.href = rest
  url.pathname = found[1] ?? null
  setQuery(url, found[2] || null, parseQuery)
  return true
}

/** Ends the host before its end by a slash; a port that is none is refused. */
const checkHostname = (url: LegacyUrl, hostname: string, input: string): string => {
  const at = hostname.search(/[/\\#?:]/)
  if (at === -1) return ''
  // Node's own words: it has the reason and the value the other way round.
  if (hostname[at] === ':') throw invalidArgumentValue('url', 'Invalid port in url', input)
  url.hostname = hostname.slice(0, at)
  return `/${hostname.slice(at)}`
}

const splitPort = (host: string): { hostname: string; port: string | null } => {
  const port = /:[0-9]*$/.exec(host)?.[0]
  if (port === undefined) return { hostname: host, port: null }
  return { hostname: host.slice(0, host.length - port.length), port: port.slice(1) || null }
}

export const parseHost = (url: LegacyUrl): void => {
  const { hostname, port } = splitPort(url.host ?? '')
  if (port !== null) url.port = port
  if (hostname !== '') url.hostname = hostname
}

const hostEnd = /[/?#]/
const notInHost = /[ "%';<>\\^`{|}/?#]/

/** User and password, host and port. Answers what follows them. */
const takeAuthority = (url: LegacyUrl, given: string, input: string): string => {
  const end = given.search(hostEnd)
  const whole = (end === -1 ? given : given.slice(0, end)).replace(/[\t\n\r]/g, '')
  const after = end === -1 ? '' : given.slice(end)
  const at = whole.lastIndexOf('@')
  if (at !== -1) url.auth = decodeURIComponent(whole.slice(0, at))
  const host = whole.slice(at + 1)
  const stop = host.search(notInHost)
  url.host = stop === -1 ? host : host.slice(0, stop)
  let rest = stop === -1 ? after : host.slice(stop) + after

  parseHost(url)
  url.hostname ??= ''
  const isIpv6 = /^\[.*\]$/s.test(url.hostname)
  if (!isIpv6) rest = checkHostname(url, url.hostname, input) + rest
  url.hostname = url.hostname.length > mostHostLength ? '' : url.hostname.toLowerCase()
  if (url.hostname !== '') {
    if (!isIpv6) url.hostname = domainToAscii(url.hostname)
    const forbidden = isIpv6 ? /[\0\t\n\r #%/<>?@\\^|]/ : /[\0\t\n\r #%/:<>?@[\\\]^|]/
    if (url.hostname === '' || forbidden.test(url.hostname)) throw invalidUrl(input)
  }
  url.host = url.hostname + (url.port ? `:${url.port}` : '')
  if (!isIpv6) return rest
  url.hostname = url.hostname.slice(1, -1)
  return rest.startsWith('/') ? rest : `/${rest}`
}

/** What RFC 1738 calls unsafe, and what browsers would not take. */
const escapeUnsafe = (text: string) =>
  text.replace(/[\t\n\r "'<>\\^`{|}]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).toUpperCase()
    return `%${code.padStart(2, '0')}`
  })

const takePath = (url: LegacyUrl, rest: string, parseQuery: unknown) => {
  const at = rest.indexOf('#')
  if (at !== -1) url.hash = rest.slice(at)
  const whole = at === -1 ? rest : rest.slice(0, at)
  const question = whole.indexOf('?')
  setQuery(url, question === -1 ? null : whole.slice(question), parseQuery)
  const pathname = question === -1 ? whole : whole.slice(0, question)
  if (pathname !== '') url.pathname = pathname
  if (slashed.has(url.protocol ?? '') && url.hostname && !url.pathname) url.pathname = '/'
  if (url.pathname || url.search) url.path = (url.pathname ?? '') + (url.search ?? '')
}

export const parseUrl = (
  url: LegacyUrl,
  input: unknown,
  { parseQuery, slashesDenoteHost }: ParseOptions,
): LegacyUrl => {
  requireString(input, 'url')
  let rest = tidy(input)
  const head = rest.replace(/[?#].*$/s, '')
  const isPlain = !slashesDenoteHost && !rest.includes('#') && !head.includes('@')
  if (isPlain && takeSimplePath(url, rest, parseQuery)) return url

  const protocol = /^[a-z0-9.+-]+:/i.exec(rest)?.[0]
  const lower = protocol?.toLowerCase()
  if (protocol !== undefined && lower !== undefined) {
    url.protocol = lower
    rest = rest.slice(protocol.length)
  }
  const isHostless = hostless.has(lower ?? '')
  let hasSlashes = false
  if (slashesDenoteHost || protocol || /^\/\/[^@/]+@[^@/]+/.test(rest)) {
    hasSlashes = rest.startsWith('//')
    if (hasSlashes && !isHostless) {
      rest = rest.slice(2)
      url.slashes = true
    }
  }
  if (!isHostless && (hasSlashes || (protocol && !slashed.has(protocol)))) rest = takeAuthority(url, rest, input)
  if (!isHostless) rest = escapeUnsafe(rest)
  takePath(url, rest, parseQuery)
  url.href = formatUrl(url)
  return url
}
