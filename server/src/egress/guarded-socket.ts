/** A plain connection to a host that a tenant has named, checked as `guarded-connect.ts` does for requests. */
import { once } from 'node:events'
import { connect } from 'node:net'
import type { ConnectSocket } from '../ports.ts'
import { isPublic } from './address-policy.ts'
import { answering, checkedAddresses, type Guard } from './checked-addresses.ts'

export const createGuardedSocket =
  (guard: Guard): ConnectSocket =>
  async (host, port, signal) => {
    const addresses = await checkedAddresses(guard, host, port)
    const socket = connect({ host, port, lookup: answering(addresses), autoSelectFamily: true })
    try {
      await once(socket, 'connect', { signal })
    } catch (error) {
      socket.destroy()
      throw error
    }
    return { socket, reach: isPublic(socket.remoteAddress ?? '') ? 'public' : 'opened' }
  }
