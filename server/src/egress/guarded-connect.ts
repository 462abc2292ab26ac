/**
 * How a connection of an action is made: the host's addresses are looked up here, each of them is checked, and the socket
 * gets those and no others. The name stays for TLS and the `Host` header.
 *
 * Checked at every connection, so also after each redirect, and for a name that answers differently the second time. A host
 * that is an address already is never looked up: it is checked as it stands.
 */
import { isIP, type LookupFunction } from 'node:net'
import { EgressError } from '@interlock/runtime'
import { buildConnector } from 'undici'
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

const portOf = ({ protocol, port }: buildConnector.Options): number =>
  Number(port) || (protocol === 'https:' ? 443 : 80)

const checkedAddresses = async (guard: Guard, options: buildConnector.Options): Promise<string[]> => {
  const { hostname } = options
  const addresses = await guard.resolveHost(hostname)
  const isOwnPort = guard.ownPorts().includes(portOf(options))
  const mayConnect = (address: string) => mayReach(address, guard.opened) && !(isOwnPort && isOwnAddress(address))
  if (!addresses.every(mayConnect)) throw refused(hostname)
  return addresses
}

/** Stands in for the name's lookup, which has been done. */
const answering =
  (addresses: readonly string[]): LookupFunction =>
  (_hostname, { all }, answer) => {
    const found = addresses.map((address) => ({ address, family: isIP(address) }))
    if (all) return answer(null, found)
    const [first = { address: '', family: 0 }] = found
    answer(null, first.address, first.family)
  }

export const createGuardedConnect =
  (guard: Guard): buildConnector.connector =>
  (options, done) => {
    checkedAddresses(guard, options).then(
      (addresses) => {
        const settings = { allowH2: false, maxCachedSessions: 0, lookup: answering(addresses) }
        buildConnector({ ...settings, autoSelectFamily: true })(options, done)
      },
      (error: Error) => done(error, null),
    )
  }
