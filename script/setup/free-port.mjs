import { once } from 'node:events'
import { createServer } from 'node:net'
import { CannotGoOn } from './progress.mjs'

/**
 * Rejects with what to do when another program listens there: the demo would take that program for its own server. Any
 * other obstacle is left to the server, which names it.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export const requireFreePort = async ({ HOST, PORT }) => {
  const port = Number(PORT || 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) return
  const probe = createServer()
  try {
    await once(probe.listen({ host: HOST || '127.0.0.1', port }), 'listening')
  } catch (error) {
    if (Reflect.get(Object(error), 'code') !== 'EADDRINUSE') return
    throw new CannotGoOn(
      `port ${port} is in use, perhaps by an earlier start of this server. Another one can be given: PORT=${port + 1} npm start`,
    )
  }
  await once(probe.close(), 'close')
}
