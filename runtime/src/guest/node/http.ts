/** Node's `http`, over the same way out as `fetch`: what is asked for is sent by the server. */
import { Agent } from './http/agent.ts'
import { ClientRequest, globalAgent } from './http/client-request.ts'
import { requireHeaderName, requireHeaderValue } from './http/header-rules.ts'
import { IncomingMessage } from './http/incoming-message.ts'
import { OutgoingMessage } from './http/outgoing-message.ts'
import { METHODS, STATUS_CODES } from './http/status-codes.ts'
import { shaped } from './shaped.ts'

const request = (url: unknown, options?: unknown, callback?: unknown) => new ClientRequest(url, options, callback)

export const exported = shaped('http', 'nobody can connect to an action', {
  METHODS,
  STATUS_CODES,
  Agent,
  ClientRequest,
  IncomingMessage,
  OutgoingMessage,
  request,
  get: (url: unknown, options?: unknown, callback?: unknown) => request(url, options, callback).end(),
  validateHeaderName: requireHeaderName,
  validateHeaderValue: requireHeaderValue,
  setMaxIdleHTTPParsers: () => {},
  maxHeaderSize: 16_384,
  globalAgent,
})
