/** What `request` was given, in any of its forms, as one set of options. */
import { invalidArgumentType, nodeError } from '../../node-error.ts'
import { loadWeb } from '../../web-library.ts'

export interface RequestOptions {
  protocol?: string | null
  host?: string | null
  hostname?: string | null
  port?: number | string | null
  defaultPort?: number | string
  path?: string | null
  method?: string
  headers?: object | readonly unknown[]
  auth?: string | null
  agent?: unknown
  timeout?: number
  signal?: { aborted: boolean; reason: unknown; addEventListener(type: string, listener: () => void): void }
  setHost?: boolean
  socketPath?: string
  cert?: unknown
  key?: unknown
  pfx?: unknown
}

interface UrlLike {
  protocol: string
  hostname: string
  hash: string
  search: string
  pathname: string
  href: string
  port: string
  username: string
  password: string
}

const isUrl = (value: unknown): value is UrlLike =>
  typeof value === 'object' && value !== null && 'href' in value && 'protocol' in value && 'searchParams' in value

const fromUrl = ({ protocol, hostname, pathname, search, port, username, password }: UrlLike): RequestOptions => ({
  protocol,
  hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
  path: `${pathname}${search}`,
  ...(port !== '' && { port: Number(port) }),
  ...((username !== '' || password !== '') && {
    auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}`,
  }),
})

type Callback = (...args: never[]) => unknown

export interface Asked {
  options: RequestOptions
  callback?: Callback
}

/** `(url, options, callback)`, each of which may be left out but one of the first two. */
export const readArguments = (args: readonly unknown[]): Asked => {
  const rest = [...args]
  const first = rest.shift()
  const callback = rest.find((value) => typeof value === 'function') as Callback | undefined
  const later = rest.find((value) => typeof value === 'object' && value !== null) as RequestOptions | undefined
  const url =
    typeof first === 'string' ? (new (loadWeb().load('urls').globals.URL)(first) as unknown as UrlLike) : first
  const given = isUrl(url) ? fromUrl(url) : ((url ?? {}) as RequestOptions)
  const options = { ...given, ...later }
  return callback ? { options, callback } : { options }
}

const unescaped = /[^\x21-\xff]/

export interface Target {
  protocol: string
  host: string
  port: number | undefined
  path: string
  method: string
}

const readHost = (host: unknown, name: string): string => {
  if (host === null || host === undefined || host === '') return 'localhost'
  if (typeof host !== 'string') throw invalidArgumentType(`options.${name}`, ['string', 'undefined', 'null'], host)
  return host
}

const readMethod = (method: unknown): string => {
  if (method === undefined || method === null || method === '') return 'GET'
  if (typeof method !== 'string') throw invalidArgumentType('options.method', 'string', method)
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(method))
    throw nodeError(TypeError, 'ERR_INVALID_HTTP_TOKEN', `Method must be a valid HTTP token ["${method}"]`)
  return method.toUpperCase()
}

/** Checks what names the target, as Node does, and in its order. */
export const readTarget = (options: RequestOptions, own: { protocol: string; defaultPort: number }): Target => {
  const protocol = options.protocol || own.protocol
  const path = options.path ? `${options.path}` : '/'
  if (unescaped.test(path))
    throw nodeError(TypeError, 'ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters')
  if (protocol !== own.protocol) {
    const text = `Protocol "${protocol}" not supported. Expected "${own.protocol}"`
    throw nodeError(TypeError, 'ERR_INVALID_PROTOCOL', text)
  }
  const host = readHost(options.hostname ?? options.host, options.hostname === undefined ? 'host' : 'hostname')
  const port = Number(options.port || options.defaultPort || own.defaultPort)
  return { protocol, host, port: port === own.defaultPort ? undefined : port, path, method: readMethod(options.method) }
}

const bracketed = (host: string): string => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host)

/** As the `Host` header names it. */
export const hostOf = ({ host, port }: Target): string => `${bracketed(host)}${port === undefined ? '' : `:${port}`}`

export const urlOf = (target: Target): string => {
  const { protocol, path } = target
  // `OPTIONS *`, and what a proxy would be asked, have no slash.
  return `${protocol}//${hostOf(target)}${path.startsWith('/') ? '' : '/'}${path}`
}
