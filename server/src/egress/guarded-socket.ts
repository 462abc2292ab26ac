/** A plain connection to a host that a tenant has named, checked as `guarded-connect.ts` does for requests. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { isPublic } from './address-policy.ts'
import { answering, checkedAddresses, type Guard } from './checked-addresses.ts'

export interface GuardedSocket {
  socket: Socket
  /** `opened`: the address is one that only the operator's ranges allow. */
  reach: 'public' | 'opened'
}
export type ConnectSocket = (host: string, port: number, signal: AbortSignal) => Promise<GuardedSocket>

/** Rejects with an `EgressError` where the address is refused, else as the connection does. */
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
