/** Node's `tls`: it loads, and what it connects fails. */
import { connect, noSockets } from './net/refused-socket.ts'
import { shaped } from './shaped.ts'

export const exported = shaped('tls', noSockets, {
  connect,
  getCiphers: () => [],
  rootCertificates: [],
  CLIENT_RENEG_LIMIT: 3,
  CLIENT_RENEG_WINDOW: 600,
  DEFAULT_CIPHERS: '',
  DEFAULT_ECDH_CURVE: 'auto',
  DEFAULT_MIN_VERSION: 'TLSv1.2',
  DEFAULT_MAX_VERSION: 'TLSv1.3',
})
