/** Names are looked up by the server, when a request leaves. What is an address already needs no looking up. */

import { invalidArgumentType } from '../../node-error.ts'
import { surroundings } from '../../surroundings.ts'
import { isIP } from '../net/ip-address.ts'
import { unavailable } from '../unavailable.ts'

export const noLookups = 'the server looks names up when a request leaves: use fetch, http or https'

const refusalOf = (name: string, syscall: string, hostname: unknown): Error =>
  Object.assign(unavailable(`dns.${name}`, noLookups), { syscall, hostname })

interface Found {
  address: string
  family: 4 | 6
}

const lookUp = (hostname: unknown): Found => {
  const family = isIP(hostname)
  if (family === 0) throw refusalOf('lookup', 'getaddrinfo', hostname)
  return { address: `${hostname}`, family }
}

const isForAll = (options: unknown): boolean => (options as { all?: unknown } | undefined)?.all === true

export const promisedLookup = async (hostname: unknown, options?: unknown): Promise<unknown> => {
  const found = lookUp(hostname)
  return isForAll(options) ? [found] : found
}

export const lookup = (hostname: unknown, ...rest: unknown[]): void => {
  const callback = rest.pop()
  if (typeof callback !== 'function') throw invalidArgumentType('callback', 'Function', callback)
  const answer = (...args: unknown[]) => surroundings.nextTick(callback as () => unknown, args)
  try {
    const { address, family } = lookUp(hostname)
    if (isForAll(rest[0])) answer(null, [{ address, family }])
    else answer(null, address, family)
  } catch (error) {
    answer(error)
  }
}

/** By the names of `dns`, with the query as Node's errors name it. */
const queries: Readonly<Record<string, string>> = {
  resolve: 'queryA',
  resolve4: 'queryA',
  resolve6: 'queryAaaa',
  resolveAny: 'queryAny',
  resolveCaa: 'queryCaa',
  resolveCname: 'queryCname',
  resolveMx: 'queryMx',
  resolveNaptr: 'queryNaptr',
  resolveNs: 'queryNs',
  resolvePtr: 'queryPtr',
  resolveSoa: 'querySoa',
  resolveSrv: 'querySrv',
  resolveTlsa: 'queryTlsa',
  resolveTxt: 'queryTxt',
  reverse: 'getHostByAddr',
  lookupService: 'getnameinfo',
}

type Call = (hostname: unknown, ...rest: unknown[]) => unknown

const everyQuery = (toCall: (refusal: (hostname: unknown) => Error) => Call): Record<string, Call> =>
  Object.fromEntries(
    Object.entries(queries).map(([name, syscall]) => [name, toCall((hostname) => refusalOf(name, syscall, hostname))]),
  )

export const queriesWithCallback = (): Record<string, Call> =>
  everyQuery((refusal) => (hostname, ...rest) => {
    const callback = rest.at(-1)
    if (typeof callback !== 'function') throw invalidArgumentType('callback', 'Function', callback)
    surroundings.nextTick(callback as () => unknown, [refusal(hostname)])
  })

export const promisedQueries = (): Record<string, Call> =>
  everyQuery((refusal) => async (hostname) => {
    throw refusal(hostname)
  })

/** A class whose instances ask as the module does. */
export const resolverOf = (calls: Record<string, Call>): object => {
  class Resolver {
    getServers() {
      return []
    }
    setServers() {}
    setLocalAddress() {}
    cancel() {}
  }
  const { lookupService, ...own } = calls
  Object.assign(Resolver.prototype, own)
  return Resolver
}

/** Node's names of what can go wrong. */
export const dnsErrors = {
  NODATA: 'ENODATA',
  FORMERR: 'EFORMERR',
  SERVFAIL: 'ESERVFAIL',
  NOTFOUND: 'ENOTFOUND',
  NOTIMP: 'ENOTIMP',
  REFUSED: 'EREFUSED',
  BADQUERY: 'EBADQUERY',
  BADNAME: 'EBADNAME',
  BADFAMILY: 'EBADFAMILY',
  BADRESP: 'EBADRESP',
  CONNREFUSED: 'ECONNREFUSED',
  TIMEOUT: 'ETIMEOUT',
  EOF: 'EOF',
  FILE: 'EFILE',
  NOMEM: 'ENOMEM',
  DESTRUCTION: 'EDESTRUCTION',
  BADSTR: 'EBADSTR',
  BADFLAGS: 'EBADFLAGS',
  NONAME: 'ENONAME',
  BADHINTS: 'EBADHINTS',
  NOTINITIALIZED: 'ENOTINITIALIZED',
  LOADIPHLPAPI: 'ELOADIPHLPAPI',
  ADDRGETNETWORKPARAMS: 'EADDRGETNETWORKPARAMS',
  CANCELLED: 'ECANCELLED',
}
