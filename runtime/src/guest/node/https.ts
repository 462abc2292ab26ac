/** Node's `https`: as `http`, with its own protocol, port and agent. Certificates are checked by the server, always. */
import { SecureAgent } from './http/agent.ts'
import { ClientRequest } from './http/client-request.ts'
import { readArguments } from './http/request-options.ts'
import { shaped } from './shaped.ts'

const globalAgent = new SecureAgent({ keepAlive: true, scheduling: 'lifo', timeout: 5_000 })

const request = (...args: unknown[]): ClientRequest => {
  const { options, callback } = readArguments(args)
  return new ClientRequest(Object.assign(options, { _defaultAgent: exported.globalAgent }), callback)
}

export const exported = shaped('https', 'nobody can connect to an action', {
  Agent: SecureAgent,
  request,
  get: (...args: unknown[]) => request(...args).end(),
  globalAgent,
})
