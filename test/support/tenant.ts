/** A tenant with a user, made through the server's own APIs. */
import { type Api, createApi, managementToken } from './management.ts'
import type { RunningServer } from './server.ts'
import { until } from './until.ts'
import { createVisitor, type Visitor } from './visitor.ts'

export interface TenantUser {
  user_id: string
  email: string
  password: string
}

export interface TestTenant {
  name: string
  host: string
  api: Api
  /** The operator's API, on the same server. */
  operator: Api
  clientId: string
  /** It holds every scope of the management API. */
  managementClient: { client_id: string; client_secret: string }
  /** Creates, deploys and binds actions, in this order, in place of what was bound. */
  bind(...sources: readonly ActionSource[]): Promise<string[]>
  addUser(fields?: Record<string, unknown>): Promise<TenantUser>
  enable(...factors: readonly string[]): Promise<void>
  visitor(): Visitor
  /** The newest mail or text to this address; waits until there is one that was not read yet. */
  nextMessage(to: string): Promise<OutboxMessage>
}

export interface ActionSource {
  code: string
  name?: string
  secrets?: { name: string; value: string }[]
  dependencies?: { name: string; version: string }[]
}

export interface OutboxMessage {
  id: number
  kind: 'mail' | 'phone'
  to: string
  subject?: string
  text: string
}

interface Binding {
  ref: { type: 'action_id'; value: string }
}

let count = 0

export const createTenant = async (server: Pick<RunningServer, 'port' | 'operatorToken'>): Promise<TestTenant> => {
  const name = `t${process.pid}-${++count}`
  const host = `${name}.localhost:${server.port}`
  const site = { port: server.port, host }
  const operator = createApi({ ...site, token: server.operatorToken })
  const created = await operator.must<{ management_client: { client_id: string; client_secret: string } }>(
    'POST',
    '/operator/v1/tenants',
    { name, domain: host, scheme: 'http' },
  )
  const api = createApi({ ...site, token: await managementToken(site, created.management_client) })
  const client = await api.must<{ client_id: string }>('POST', '/api/v2/clients', { name: 'Shop' })

  const deploy = async ({
    code,
    name: actionName = `action-${++count}`,
    secrets = [],
    dependencies = [],
  }: ActionSource): Promise<string> => {
    const action = await api.must<{ id: string }>('POST', '/api/v2/actions/actions', {
      name: actionName,
      supported_triggers: [{ id: 'password-reset-post-challenge', version: 'v1' }],
      code,
      secrets,
      dependencies,
    })
    await api.must('POST', `/api/v2/actions/actions/${action.id}/deploy`)
    return action.id
  }

  const read = new Set<number>()
  const unread = async (to: string): Promise<OutboxMessage | undefined> => {
    const { body } = await operator.call<OutboxMessage[]>('GET', '/dev/outbox.json')
    return body.find((message) => message.to === to && !read.has(message.id))
  }

  return {
    name,
    host,
    api,
    operator,
    clientId: client.client_id,
    managementClient: created.management_client,
    async bind(...sources) {
      const ids: string[] = []
      for (const source of sources) ids.push(await deploy(source))
      const bindings = ids.map((value): Binding => ({ ref: { type: 'action_id', value } }))
      await api.must('PATCH', '/api/v2/actions/triggers/password-reset-post-challenge/bindings', { bindings })
      return ids
    },
    async addUser(fields = {}) {
      const email = `user${++count}@example.com`
      const password = 'correct horse battery'
      const user = await api.must<{ user_id: string }>('POST', '/api/v2/users', {
        connection: 'Username-Password-Authentication',
        email,
        password,
        email_verified: true,
        ...fields,
      })
      return { user_id: user.user_id, email, password }
    },
    async enable(...factors) {
      for (const factor of factors) await api.must('PUT', `/api/v2/guardian/factors/${factor}`, { enabled: true })
    },
    visitor: () => createVisitor(site),
    async nextMessage(to) {
      const message = await until(`a message to ${to}`, () => unread(to))
      read.add(message.id)
      return message
    },
  }
}

/** The first link of ours in a message, as path and query. */
export const linkIn = (message: OutboxMessage): string => {
  const [link] = /https?:\/\/\S+\/u\/[^\s>]+/.exec(message.text) ?? []
  if (!link) throw new Error(`No link in: ${message.text}`)
  const url = new URL(link)
  return url.pathname + url.search
}

export const codeIn = (message: OutboxMessage): string => {
  const [code] = /\b\d{6}\b/.exec(message.text) ?? []
  if (!code) throw new Error(`No code in: ${message.text}`)
  return code
}
