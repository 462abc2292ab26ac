/** `url.resolve`: a relative URL seen from another one, RFC 3986 section 5 with what Node adds for unknown protocols. */
import { formatUrl, hostless, type LegacyUrl, slashed, Url } from './legacy-url.ts'

const pathOf = ({ pathname, search }: LegacyUrl) => (pathname ?? '') + (search ?? '')

const finish = (result: LegacyUrl): LegacyUrl => {
  result.href = formatUrl(result)
  return result
}

/** `//host/path`: everything but the protocol is the relative one's. */
const withOtherHost = (result: LegacyUrl, { protocol: _, ...relative }: LegacyUrl): LegacyUrl => {
  Object.assign(result, relative)
  if (slashed.has(result.protocol ?? '') && result.hostname && !result.pathname) {
    result.path = '/'
    result.pathname = '/'
  }
  return finish(result)
}

/** `http:host/path` without slashes: the first part of the path is the host. */
const takeHostOfPath = (relative: LegacyUrl): string => {
  const parts = (relative.pathname || '').split('/')
  while (parts.length > 0 && !relative.host) relative.host = parts.shift() ?? ''
  relative.host ||= ''
  relative.hostname ||= ''
  if (parts[0] !== '') parts.unshift('')
  if (parts.length < 2) parts.unshift('')
  return parts.join('/')
}

const withOtherProtocol = (result: LegacyUrl, relative: LegacyUrl): LegacyUrl => {
  const protocol = relative.protocol ?? ''
  if (!slashed.has(protocol)) return finish(Object.assign(result, relative))
  result.protocol = protocol
  const hasHost = relative.host || /^file:?$/.test(protocol) || hostless.has(protocol)
  result.pathname = hasHost ? relative.pathname : takeHostOfPath(relative)
  result.search = relative.search
  result.query = relative.query
  result.host = relative.host || ''
  result.auth = relative.auth
  result.hostname = relative.hostname || relative.host
  result.port = relative.port
  if (result.pathname || result.search) result.path = pathOf(result)
  result.slashes ||= relative.slashes
  return finish(result)
}

/** In place of a host, `scheme:a/b` has the first part of its path. */
const takeHostOfParts = (result: LegacyUrl, parts: string[]) => {
  const host = parts.shift() ?? ''
  result.host = host
  result.hostname = host
  if (!(host.indexOf('@') > 0)) return
  const [auth = '', name = ''] = host.split('@')
  result.auth = auth
  result.host = name
  result.hostname = name
}

/** Removes dots; answers how many `..` led above the beginning. */
const removeDots = (parts: string[]): number => {
  let above = 0
  for (let at = parts.length - 1; at >= 0; at--) {
    const part = parts[at]
    if (part !== '.' && part !== '..' && above === 0) continue
    parts.splice(at, 1)
    if (part === '..') above += 1
    else if (part !== '.') above -= 1
  }
  return above
}

const startsAbsolute = ([first]: readonly string[]) => first === '' || first?.startsWith('/') === true

const partsOf = ({ pathname }: LegacyUrl) => (pathname ? pathname.split('/') : [])

interface Paths {
  source: string[]
  relative: string[]
}

/** Unknown protocols have their host among the parts, where it may be replaced like one. */
const moveHosts = (result: LegacyUrl, relative: LegacyUrl, { source, relative: parts }: Paths) => {
  result.hostname = ''
  result.port = null
  if (result.host) {
    if (source[0] === '') source[0] = result.host
    else source.unshift(result.host)
  }
  result.host = ''
  if (!relative.protocol) return
  relative.hostname = null
  relative.port = null
  result.auth = null
  if (relative.host) {
    if (parts[0] === '') parts[0] = relative.host
    else parts.unshift(relative.host)
  }
  relative.host = null
}

const takeHost = (result: LegacyUrl, relative: LegacyUrl) => {
  if (relative.host || relative.host === '') {
    if (result.host !== relative.host) result.auth = null
    result.host = relative.host
    result.port = relative.port
  }
  if (relative.hostname || relative.hostname === '') {
    if (result.hostname !== relative.hostname) result.auth = null
    result.hostname = relative.hostname
  }
}

const takeSearch = (result: LegacyUrl, relative: LegacyUrl) => {
  result.search = relative.search
  result.query = relative.query
}

const setPath = (result: LegacyUrl) => {
  if (result.pathname !== null || result.search !== null) result.path = pathOf(result)
}

interface Merged {
  parts: string[]
  mustBeAbsolute: boolean
  /** Whether `..` above the beginning is dropped. */
  dropsAbove: boolean
  isUnknown: boolean
}

const writeParts = (result: LegacyUrl, relative: LegacyUrl, merged: Merged): LegacyUrl => {
  const { parts, dropsAbove, isUnknown } = merged
  let { mustBeAbsolute } = merged
  const last = parts.at(-1)
  const isDot = last === '.' || last === '..'
  const endsInSlash = (isDot && Boolean(result.host || relative.host || parts.length > 1)) || last === ''
  const above = removeDots(parts)
  if (!mustBeAbsolute && !dropsAbove) parts.unshift(...Array(above).fill('..'))
  if (mustBeAbsolute && !startsAbsolute(parts)) parts.unshift('')
  if (endsInSlash && !parts.join('/').endsWith('/')) parts.push('')
  const isAbsolute = startsAbsolute(parts)
  if (isUnknown) {
    if (isAbsolute) Object.assign(result, { host: '', hostname: '' })
    else takeHostOfParts(result, parts)
  }
  mustBeAbsolute ||= Boolean(result.host && parts.length > 0)
  if (mustBeAbsolute && !isAbsolute) parts.unshift('')
  result.pathname = parts.length > 0 ? parts.join('/') : null
  if (parts.length === 0) result.path = null
  setPath(result)
  result.auth = relative.auth || result.auth
  result.slashes ||= relative.slashes
  return finish(result)
}

const withOtherPath = (result: LegacyUrl, relative: LegacyUrl): LegacyUrl => {
  const isRelativeAbsolute = Boolean(relative.host || relative.pathname?.startsWith('/'))
  const isUnknown = Boolean(result.protocol && !slashed.has(result.protocol))
  const paths: Paths = { source: partsOf(result), relative: partsOf(relative) }
  const isAbsolute =
    isRelativeAbsolute || Boolean(result.pathname?.startsWith('/') || (result.host && relative.pathname))
  let mustBeAbsolute = isAbsolute
  if (isUnknown) {
    moveHosts(result, relative, paths)
    mustBeAbsolute &&= paths.relative[0] === '' || paths.source[0] === ''
  }
  let parts = paths.source
  if (isRelativeAbsolute) {
    takeHost(result, relative)
    takeSearch(result, relative)
    parts = paths.relative
  } else if (paths.relative.length > 0) {
    parts = [...paths.source.slice(0, -1), ...paths.relative]
    takeSearch(result, relative)
  } else if (relative.search !== null && relative.search !== undefined) {
    if (isUnknown) takeHostOfParts(result, parts)
    takeSearch(result, relative)
    setPath(result)
    return finish(result)
  }
  if (parts.length === 0) {
    result.pathname = null
    result.path = result.search ? `/${result.search}` : null
    return finish(result)
  }
  return writeParts(result, relative, { parts, mustBeAbsolute, dropsAbove: isAbsolute, isUnknown })
}

export const resolveUrl = (source: LegacyUrl, relative: LegacyUrl): LegacyUrl => {
  const result = Object.assign(new Url(), source)
  result.hash = relative.hash
  if (relative.href === '') return finish(result)
  if (relative.slashes && !relative.protocol) return withOtherHost(result, relative)
  if (relative.protocol && relative.protocol !== result.protocol) return withOtherProtocol(result, relative)
  return withOtherPath(result, relative)
}
