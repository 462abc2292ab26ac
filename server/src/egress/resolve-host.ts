/**
 * Names to addresses by DNS itself and not by the system's resolver: that one uses threads which password hashing and files
 * need too, and a slow name server of a hostile tenant would hold them all.
 */

import { promises as dns } from 'node:dns'
import { isIP } from 'node:net'
import { EgressError } from '@interlock/runtime'

/** Every address of a host, in the order to try them. Rejects with an `EgressError`. */
export type ResolveHost = (hostname: string) => Promise<string[]>

/** These names are the machine itself, whatever a name server says (RFC 6761, 6.3). */
const isLoopbackName = (hostname: string): boolean => /(?:^|\.)localhost\.?$/.test(hostname)

/** The codes Node's own fetch gives. */
const failure = (hostname: string, reasons: readonly unknown[]): EgressError => {
  const codes = reasons.map((reason) => (reason as { code?: unknown } | undefined)?.code)
  const isUnknown = codes.every((code) => ['ENOTFOUND', 'ENODATA', 'EBADNAME'].includes(String(code)))
  const code = isUnknown ? 'ENOTFOUND' : 'EAI_AGAIN'
  return new EgressError(code, `getaddrinfo ${code} ${hostname}`)
}

/** `servers` as `ip:port`; without it, those of the system. */
export const createResolveHost = (servers?: readonly string[]): ResolveHost => {
  const resolver = new dns.Resolver({ timeout: 2_000, tries: 2 })
  if (servers) resolver.setServers(servers)
  return async (hostname) => {
    if (isIP(hostname) !== 0) return [hostname]
    if (isLoopbackName(hostname)) return ['127.0.0.1', '::1']
    const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)])
    const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    if (addresses.length > 0) return addresses
    throw failure(
      hostname,
      answers.map((answer) => (answer.status === 'rejected' ? answer.reason : undefined)),
    )
  }
}
