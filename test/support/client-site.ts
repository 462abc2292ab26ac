/** What the vendor's clients are given: the domain of a server that speaks TLS, the credentials of a tenant's client, a certificate. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { throwAwayCertificate } from '../../script/setup/certificate.mjs'
import { startTestServer } from './server.ts'
import { freePort } from './services.ts'
import type { OutboxMessage } from './tenant.ts'
import { until } from './until.ts'

export interface ClientSite {
  /** With the port, and nothing in front: the clients build `https://<domain>` themselves. */
  domain: string
  origin: string
  /** It holds every scope of the management API. */
  managementClient: { clientId: string; clientSecret: string }
  /** For `NODE_EXTRA_CA_CERTS` of other processes. This one trusts it already. */
  certificateFile: string
  /** The operator's API: JSON in, JSON out; rejects unless the answer is a 2xx. */
  operator<Body>(method: string, path: string, body?: unknown): Promise<Body>
  /** The newest mail or text to this address; waits until there is one that was not read yet. */
  nextMessage(to: string): Promise<OutboxMessage>
  advanceClock(milliseconds: number): void
  stop(): Promise<void>
}

const createOutbox = (origin: string) => {
  const read = new Set<number>()
  return async (to: string): Promise<OutboxMessage> => {
    const unread = await until(`a message to ${to}`, async () => {
      const messages = (await (await fetch(`${origin}/dev/outbox.json`)).json()) as OutboxMessage[]
      return messages.find((message) => message.to === to && !read.has(message.id))
    })
    read.add(unread.id)
    return unread
  }
}

const operatorOf =
  (origin: string, token: string) =>
  async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
    const answer = await fetch(`${origin}/operator/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as Body
  }

export const openClientSite = async (environment: Record<string, string> = {}): Promise<ClientSite> => {
  const folder = await mkdtemp(join(tmpdir(), 'interlock-clients-'))
  const { certFile, keyFile } = await throwAwayCertificate({ DATA_DIR: folder })
  setDefaultCACertificates([...getCACertificates('default'), await readFile(certFile, 'utf8')])
  const server = await startTestServer({
    PORT: String(await freePort()),
    TLS_CERT_FILE: certFile,
    TLS_KEY_FILE: keyFile,
    ...environment,
  })
  const domain = `localhost:${server.port}`
  const origin = `https://${domain}`
  const operator = operatorOf(origin, server.operatorToken)
  const { management_client } = await operator<{ management_client: { client_id: string; client_secret: string } }>(
    'POST',
    '/tenants',
    { name: 'acme', domain },
  )
  return {
    domain,
    origin,
    managementClient: { clientId: management_client.client_id, clientSecret: management_client.client_secret },
    certificateFile: certFile,
    operator,
    nextMessage: createOutbox(origin),
    advanceClock: server.advanceClock,
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
