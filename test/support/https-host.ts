/** A site of somebody else's: a server of its own, under a name and with a certificate of its own. */
import { once } from 'node:events'
import type { RequestListener } from 'node:http'
import { createServer } from 'node:https'
import { generate } from 'selfsigned'

export interface HttpsHost {
  origin: string
  /** Leads the browser here. */
  resolverRule: string
  stop(): Promise<void>
}

export const startHttpsHost = async (host: string, listener: RequestListener): Promise<HttpsHost> => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: host }])
  const server = createServer({ key, cert }, listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a numeric port.')
  return {
    origin: `https://${host}`,
    resolverRule: `MAP ${host} 127.0.0.1:${address.port}`,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
