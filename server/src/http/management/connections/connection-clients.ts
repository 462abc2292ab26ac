/** `/connections/{id}/clients`: the applications that a reset of the connection's users may begin in. */
import { z } from 'zod'
import type { Api } from '../../plugins/zod-schemas.ts'
import { noBody } from '../../wire-answer.ts'
import { anyPaging, slicedList, slicedListOf, toSlice } from '../checkpoint.ts'
import { unknownClient } from '../clients/client-schema.ts'
import { byConnection, enabledIn, unknownConnection } from './connection-schema.ts'
import type { ConnectionDeps } from './connections.ts'

export type ConnectionClientDeps = Pick<ConnectionDeps, 'connections' | 'editConnection' | 'clients'>

const changes = z
  .array(z.strictObject({ client_id: z.string().min(1).max(64), status: z.boolean() }))
  .min(1)
  .max(50)

export const connectionClientRoutes =
  ({ connections, editConnection, clients }: ConnectionClientDeps) =>
  async (app: Api) => {
    const listSchema = {
      summary: 'The applications a connection is enabled for',
      params: byConnection,
      querystring: z.strictObject(anyPaging),
      response: { 200: slicedListOf('clients', z.object({ client_id: z.string() })) },
    }
    const listOptions = { config: { scopes: ['read:connections'] }, schema: listSchema }
    app.get('/connections/:id/clients', listOptions, async ({ tenant, params, query }) => {
      const connection = await connections.find(tenant.name, params.id)
      if (!connection) throw unknownConnection()
      const all = enabledIn(connection, await clients.list(tenant.name))
      const slice = toSlice(query)
      const start = 'after' in slice ? slice.after : slice.offset
      const end = start + slice.limit
      const items = all.slice(start, end).map((client_id) => ({ client_id }))
      const next = end < all.length ? { next: end } : {}
      return slicedList({ key: 'clients', items, total: all.length, ...next }, query)
    })

    const schema = {
      summary: 'Enables a connection for applications, or no longer',
      params: byConnection,
      body: changes,
      response: { 204: noBody },
    }
    const options = { config: { scopes: ['update:connections'] }, schema }
    app.patch('/connections/:id/clients', options, async ({ tenant, params, body }, reply) => {
      const all = await clients.list(tenant.name)
      const isKnown = (id: string) => all.some(({ clientId }) => clientId === id)
      if (!body.every(({ client_id }) => isKnown(client_id))) throw unknownClient()
      const status = new Map(body.map((change) => [change.client_id, change.status]))
      const edited = await editConnection(tenant.name, params.id, (stored) => ({
        enabledClients: [...new Set([...enabledIn(stored, all), ...status.keys()])].filter(
          (id) => status.get(id) ?? true,
        ),
      }))
      if (!edited) throw unknownConnection()
      return reply.code(204).send()
    })
  }
