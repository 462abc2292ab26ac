/** Node's `net`: addresses are told apart; sockets exist, and fail to connect. */

import { isIP, isIPv4, isIPv6 } from './net/ip-address.ts'
import { connect, loadSocket, noSockets } from './net/refused-socket.ts'
import { shaped } from './shaped.ts'

export const exported = shaped('net', noSockets, {
  isIP,
  isIPv4,
  isIPv6,
  connect,
  createConnection: connect,
  get Socket() {
    return loadSocket()
  },
  get Stream() {
    return loadSocket()
  },
  getDefaultAutoSelectFamily: () => true,
  getDefaultAutoSelectFamilyAttemptTimeout: () => 250,
})
