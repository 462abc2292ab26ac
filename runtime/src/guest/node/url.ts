/** Node's `url`: what came before the URL of the web, and what it has besides. */
import { invalidArgumentType, missingArguments } from '../node-error.ts'
import { domainToUnicode, parsedDomain } from './url/domain.ts'
import { fileUrlToBytes, fileUrlToPath, pathToFileUrl } from './url/file-url.ts'
import { formatUrl, type LegacyUrl, Url } from './url/legacy-url.ts'
import { parseHost, parseUrl } from './url/parse.ts'
import { resolveUrl } from './url/resolve.ts'
import { requireObject } from './validate.ts'

interface WebUrl {
  href: string
  hash: string
  search: string
  username: string
  password: string
  hostname: string
  host: string
}

const web = globalThis as unknown as { URL: new (text: string) => WebUrl; URLSearchParams: unknown }

const parse = (url: unknown, parseQuery?: unknown, slashesDenoteHost?: unknown): LegacyUrl =>
  url instanceof Url ? url : parseUrl(new Url(), url, { parseQuery, slashesDenoteHost })

const parseRelative = (url: unknown): LegacyUrl => parse(url, false, true)

const members = {
  // biome-ignore lint/complexity/useMaxParams: Node's own form
  parse(this: LegacyUrl, url: unknown, parseQueryString: unknown, slashesDenoteHost: unknown) {
    return parseUrl(this, url, { parseQuery: parseQueryString, slashesDenoteHost })
  },
  format(this: LegacyUrl) {
    return formatUrl(this)
  },
  resolve(this: LegacyUrl, relative: unknown) {
    return this.resolveObject(parseRelative(relative)).format()
  },
  resolveObject(this: LegacyUrl, relative: unknown) {
    return resolveUrl(this, typeof relative === 'string' ? parseRelative(relative) : (relative as LegacyUrl))
  },
  parseHost(this: LegacyUrl) {
    parseHost(this)
  },
}
Object.assign(Url.prototype, members)

interface FormatOptions {
  fragment?: unknown
  search?: unknown
  auth?: unknown
  unicode?: unknown
}

const formatWeb = (url: WebUrl, options: FormatOptions | undefined): string => {
  if (options) requireObject(options, 'options')
  const { fragment = true, search = true, auth = true, unicode = false } = options ?? {}
  const shown = new web.URL(url.href)
  if (!fragment) shown.hash = ''
  if (!search) shown.search = ''
  if (!auth) {
    shown.username = ''
    shown.password = ''
  }
  if (!unicode) return shown.href
  return shown.href.replace(shown.host, shown.host.replace(shown.hostname, domainToUnicode(shown.hostname)))
}

const format = (url: unknown, options: FormatOptions | undefined): string => {
  if (typeof url === 'string') return formatUrl(parse(url))
  if (typeof url !== 'object' || url === null) throw invalidArgumentType('urlObject', ['Object', 'string'], url)
  return url instanceof web.URL ? formatWeb(url, options) : Url.prototype.format.call(url as LegacyUrl)
}

const toHttpOptions = (given: object): object => {
  const url = given as Record<'hostname' | 'pathname' | 'port' | 'username' | 'password' | 'search', string>
  const { hostname, pathname, port, username, password, search } = url
  const { protocol, hash, href } = given as Record<'protocol' | 'hash' | 'href', string>
  return Object.assign(
    Object.create(null),
    given,
    { protocol, hostname: hostname?.startsWith('[') ? hostname.slice(1, -1) : hostname, hash, search, pathname },
    { path: `${pathname || ''}${search || ''}`, href },
    port !== '' && { port: Number(port) },
    (username || password) && { auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}` },
  )
}

const functions = {
  urlParse(url: unknown, parseQueryString: unknown, slashesDenoteHost: unknown) {
    return parse(url, parseQueryString, slashesDenoteHost)
  },
  urlResolve(source: unknown, relative: unknown) {
    return parseRelative(source).resolve(relative)
  },
  urlResolveObject(source: unknown, relative: unknown) {
    return source ? parseRelative(source).resolveObject(relative) : relative
  },
  urlFormat(urlObject: unknown, options: FormatOptions | undefined) {
    return format(urlObject, options)
  },
}

export const exported = {
  Url,
  parse: functions.urlParse,
  resolve: functions.urlResolve,
  resolveObject: functions.urlResolveObject,
  format: functions.urlFormat,
  get URL() {
    return web.URL
  },
  get URLSearchParams() {
    return web.URLSearchParams
  },
  domainToASCII(domain: unknown) {
    if (arguments.length < 1) throw missingArguments('domain')
    return parsedDomain(`${domain}`)
  },
  domainToUnicode(domain: unknown) {
    if (arguments.length < 1) throw missingArguments('domain')
    return domainToUnicode(`${domain}`)
  },
  pathToFileURL(path: unknown, _options: unknown) {
    return pathToFileUrl(path)
  },
  fileURLToPath(path: unknown, _options: unknown = {}) {
    return fileUrlToPath(path)
  },
  fileURLToPathBuffer(path: unknown, _options: unknown = {}) {
    return fileUrlToBytes(path)
  },
  urlToHttpOptions(url: unknown) {
    if (typeof url !== 'object' || url === null) throw invalidArgumentType('url', 'Object', url)
    return toHttpOptions(url)
  },
}
