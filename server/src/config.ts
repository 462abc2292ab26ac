/**
 * The environment, read once and checked. A wrong value stops the start with the variable's name and the rule; values are
 * never printed.
 */
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'

const wholeNumber = (smallest: number, largest: number) => {
  const rule = `must be a whole number from ${smallest} to ${largest}`
  return z.string().regex(/^\d+$/, rule).transform(Number).pipe(z.number().min(smallest, rule).max(largest, rule))
}

const oneOf = <const Word extends string>(...words: Word[]) => z.enum(words, `must be one of ${words.join(', ')}`)

const urlOf = (...schemes: string[]) =>
  z.url({
    protocol: new RegExp(`^(${schemes.join('|')})$`),
    error: `must be a URL that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  })

/** `ada@example.com`, or with a name: `Ada <ada@example.com>`. */
const sender = z.string().regex(/^([^<>\p{Cc}]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u, {
  error: 'must be an address, alone or as "Name <address>"',
})

/** An address, or a range as `<address>/<bits>`, or one of the names that stand for the usual ranges. */
const isProxy = (text: string): boolean => {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true
  const [address = '', bits, ...more] = text.split('/')
  const largest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1
  return more.length === 0 && largest > 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= largest))
}

const proxies = z
  .string()
  .refine(
    (text) => text.split(',').every((entry) => isProxy(entry.trim())),
    'must be addresses or ranges, separated by commas',
  )

const ranges = z
  .string()
  .transform((text) => text.split(',').map((entry) => entry.trim()))
  .refine((entries) => entries.every((entry) => ipaddr.isValidCIDR(entry)), {
    error: 'must be address ranges such as 10.1.0.0/16, separated by commas',
  })

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]']

/** What it sends is checked against what it says: who could change both on the way would be believed. */
const registry = z.string().refine(
  (text) => {
    const { protocol, hostname = '', username, password, search, hash } = URL.parse(text) ?? {}
    if (username || password || search || hash) return false
    return protocol === 'https:' || (protocol === 'http:' && loopbackHosts.includes(hostname))
  },
  { error: 'must be a URL that begins with https://, or http:// on this machine, and has no user, query or fragment' },
)

const environment = z.object({
  NODE_ENV: oneOf('development', 'production', 'test').default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).default(3000),
  TLS_CERT_FILE: z.string().min(1).optional(),
  TLS_KEY_FILE: z.string().min(1).optional(),
  TRUST_PROXY: proxies.optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  REDIS_URL: urlOf('redis', 'rediss').optional(),
  OPERATOR_TOKEN: z.string().min(32, 'must have at least 32 characters').optional(),
  ENCRYPTION_KEYS: z.string().min(1).optional(),
  SMTP_URL: urlOf('smtp', 'smtps').optional(),
  MAIL_FROM: sender.default('Interlock <no-reply@localhost>'),
  PHONE_WEBHOOK_URL: urlOf('http', 'https').optional(),
  EGRESS_ALLOW_CIDRS: ranges.default([]),
  NPM_REGISTRY_URL: registry.optional(),
  NPM_CACHE_MB: wholeNumber(16, 1_048_576).default(1_024),
  SANDBOX_PROCESSES: wholeNumber(1, 1_024).optional(),
  SANDBOX_MEMORY_MB: wholeNumber(128, 1_048_576).optional(),
  LOG_LEVEL: oneOf('debug', 'info', 'warn', 'error', 'silent').default('info'),
})

/** PEM files: the certificate with its chain, and its key. */
export interface TlsFiles {
  certFile: string
  keyFile: string
}

export interface Config {
  mode: 'development' | 'production'
  host: string
  port: number
  /** Absent: the server speaks plain HTTP, for loopback or behind a front that ends TLS. */
  tls?: TlsFiles
  /** Addresses or ranges whose forwarded headers are believed, separated by commas. */
  trustProxy?: string
  dataDir: string
  redisUrl?: string
  /** Absent in development: one is made and kept in the data directory. */
  operatorToken?: string
  encryptionKeys?: string
  smtpUrl?: string
  mailFrom: string
  phoneWebhookUrl?: string
  /** Ranges that are not public and that actions may reach all the same. */
  egressAllowCidrs: readonly string[]
  /** Absent: npm's public one. */
  npmRegistryUrl?: string
  npmCacheMb: number
  /** Absent: the runtime knows best. */
  sandboxProcesses?: number
  sandboxMemoryMb?: number
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

export class ConfigError extends Error {
  override name = 'ConfigError'
}

const requiredInProduction = ['OPERATOR_TOKEN', 'ENCRYPTION_KEYS', 'SMTP_URL'] as const

/** One without the other would start a server that nobody meant. */
const tlsFiles = (certFile: string | undefined, keyFile: string | undefined): TlsFiles | undefined => {
  if (certFile && keyFile) return { certFile, keyFile }
  if (certFile) throw new ConfigError('TLS_KEY_FILE: required with TLS_CERT_FILE')
  if (keyFile) throw new ConfigError('TLS_CERT_FILE: required with TLS_KEY_FILE')
  return undefined
}

export const parseConfig = (env: Readonly<Record<string, string | undefined>>): Config => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const result = environment.safeParse(given)
  if (!result.success) {
    throw new ConfigError(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n'))
  }
  const values = result.data
  const missing = values.NODE_ENV === 'production' ? requiredInProduction.filter((name) => !values[name]) : []
  if (missing.length > 0) throw new ConfigError(missing.map((name) => `${name}: required in production`).join('\n'))
  const tls = tlsFiles(values.TLS_CERT_FILE, values.TLS_KEY_FILE)
  return Object.freeze({
    mode: values.NODE_ENV === 'production' ? 'production' : 'development',
    host: values.HOST,
    port: values.PORT,
    dataDir: values.DATA_DIR,
    mailFrom: values.MAIL_FROM,
    egressAllowCidrs: values.EGRESS_ALLOW_CIDRS,
    npmCacheMb: values.NPM_CACHE_MB,
    logLevel: values.LOG_LEVEL,
    ...(tls ? { tls } : {}),
    ...(values.NPM_REGISTRY_URL ? { npmRegistryUrl: values.NPM_REGISTRY_URL } : {}),
    ...(values.TRUST_PROXY ? { trustProxy: values.TRUST_PROXY } : {}),
    ...(values.REDIS_URL ? { redisUrl: values.REDIS_URL } : {}),
    ...(values.OPERATOR_TOKEN ? { operatorToken: values.OPERATOR_TOKEN } : {}),
    ...(values.ENCRYPTION_KEYS ? { encryptionKeys: values.ENCRYPTION_KEYS } : {}),
    ...(values.SMTP_URL ? { smtpUrl: values.SMTP_URL } : {}),
    ...(values.PHONE_WEBHOOK_URL ? { phoneWebhookUrl: values.PHONE_WEBHOOK_URL } : {}),
    ...(values.SANDBOX_PROCESSES ? { sandboxProcesses: values.SANDBOX_PROCESSES } : {}),
    ...(values.SANDBOX_MEMORY_MB ? { sandboxMemoryMb: values.SANDBOX_MEMORY_MB } : {}),
  })
}
