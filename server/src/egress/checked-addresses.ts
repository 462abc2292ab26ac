/** The addresses of a host, if each of them may be connected to. */
import { isIP, type LookupFunction } from 'node:net'
import { EgressError } from '@interlock/runtime'
import { type Cidr, mayReach } from './address-policy.ts'
import { isOwnAddress } from './own-address.ts'
import type { ResolveHost } from './resolve-host.ts'

export interface Guard {
  resolveHost: ResolveHost
  /** Ranges that are not public and may be reached all the same. */
  opened: readonly Cidr[]
  /** The ports this server listens on. */
  ownPorts(): readonly number[]
}

const refused = (host: string): EgressError =>
  new EgressError('ERR_EGRESS_ADDRESS', `${host} does not lead to a public address only.`)

/** Rejects with an `EgressError`. */
export const checkedAddresses = async (guard: Guard, hostname: string, port: number): Promise<string[]> => {
  const addresses = await guard.resolveHost(hostname)
  const isOwnPort = guard.ownPorts().includes(port)
  const mayConnect = (address: string) => mayReach(address, guard.opened) && !(isOwnPort && isOwnAddress(address))
  if (!addresses.every(mayConnect)) throw refused(hostname)
  return addresses
}

/** Stands in for the name's lookup, which has been done. */
export const answering =
  (addresses: readonly string[]): LookupFunction =>
  (_hostname, { all }, answer) => {
    const found = addresses.map((address) => ({ address, family: isIP(address) }))
    if (all) return answer(null, found)
    const [first = { address: '', family: 0 }] = found
    answer(null, first.address, first.family)
  }
