/**
 * How a connection of an action is made: the host's addresses are looked up here, each of them is checked, and the socket
 * gets those and no others. The name stays for TLS and the `Host` header.
 *
 * Checked at every connection, so also after each redirect, and for a name that answers differently the second time. A host
 * that is an address already is never looked up: it is checked as it stands.
 */
import { buildConnector } from 'undici'
import { answering, checkedAddresses, type Guard } from './checked-addresses.ts'

const portOf = ({ protocol, port }: buildConnector.Options): number =>
  Number(port) || (protocol === 'https:' ? 443 : 80)

export const createGuardedConnect =
  (guard: Guard): buildConnector.connector =>
  (options, done) => {
    checkedAddresses(guard, options.hostname, portOf(options)).then(
      (addresses) => {
        const settings = { allowH2: false, maxCachedSessions: 0, lookup: answering(addresses) }
        buildConnector({ ...settings, autoSelectFamily: true })(options, done)
      },
      (error: Error) => done(error, null),
    )
  }
