/** `/connections`: database connections, and directory connections, which can be named but cannot reset a password. */
import { z } from 'zod'
import type { ClientStore } from '../../../clients/client.ts'
import type { Connection, ConnectionStore } from '../../../connections/connection.ts'
import type { EditConnection } from '../../../connections/edit-connection.ts'
import type { Background, Clock, Random } from '../../../ports.ts'
import { effectiveLimits } from '../../../tenants/limits.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { conflict } from '../../wire-problem.ts'
import { slicedList, slicedListOf, toSlice } from '../checkpoint.ts'
import { keepSent } from '../keep-sent.ts'
import { requireStorable } from '../metadata.ts'
import { overLimit } from '../over-limit.ts'
import { fieldsQuery, selectFields } from '../paging.ts'
import { toTimestamp } from '../timestamp.ts'
import {
  byConnection,
  connectionAnswer,
  createConnection,
  editedConnection,
  keptNames,
  listConnections,
  longestKept,
  shownConnection,
  toConnectionAnswer,
  unknownConnection,
} from './connection-schema.ts'

export type ConnectionDeps = {
  connections: ConnectionStore
  editConnection: EditConnection
  clients: Pick<ClientStore, 'list'>
  background: Background
  random: Random
  clock: Clock
}

const keptOf = (stored: Connection['kept'], body: Parameters<typeof keepSent<(typeof keptNames)[number]>>[1]) =>
  requireStorable(keepSent(stored, body, keptNames), { name: 'What is kept of a connection', longest: longestKept })

const createRoute = (app: Api, { connections, clients, random, clock }: ConnectionDeps) => {
  const schema = {
    summary: 'A new place where users are kept',
    body: createConnection,
    response: { 201: connectionAnswer },
    refuses: [409],
  }
  app.post('/connections', { config: { scopes: ['create:connections'] }, schema }, async ({ tenant, body }, reply) => {
    const connection: Connection = {
      id: `con_${random.base62(16)}`,
      name: body.name,
      strategy: body.strategy,
      metadata: body.metadata,
      ...(body.enabled_clients && { enabledClients: body.enabled_clients }),
      kept: keptOf({}, body),
      createdAt: clock.now(),
    }
    const most = effectiveLimits(tenant).connections
    const created = await connections.create(tenant.name, connection, { most })
    if (created === 'too-many') throw overLimit(tenant, 'connections')
    if (created === 'name-taken') throw conflict('A connection with the same name already exists')
    reply.code(201)
    return toConnectionAnswer(connection, await clients.list(tenant.name))
  })
}

const editRoutes = (app: Api, { connections, editConnection, clients, background, clock }: ConnectionDeps) => {
  const editSchema = {
    summary: 'Changes one connection',
    params: byConnection,
    body: editedConnection,
    response: { 200: connectionAnswer },
  }
  const editOptions = { config: { scopes: ['update:connections'] }, schema: editSchema }
  app.patch('/connections/:id', editOptions, async ({ tenant, params, body }) => {
    const edited = await editConnection(tenant.name, params.id, (stored) => ({
      ...(body.metadata && { metadata: body.metadata }),
      ...(body.enabled_clients && { enabledClients: body.enabled_clients }),
      kept: keptOf(stored.kept, body),
    }))
    if (!edited) throw unknownConnection()
    return toConnectionAnswer(edited, await clients.list(tenant.name))
  })

  const removeSchema = {
    summary: 'Takes one connection away, and its users after the answer',
    params: byConnection,
    response: { 202: z.object({ deleted_at: z.string() }) },
  }
  const removeOptions = { config: { scopes: ['delete:connections'] }, schema: removeSchema }
  app.delete('/connections/:id', removeOptions, async ({ tenant, params }, reply) => {
    if ((await connections.remove(tenant.name, params.id)) === 'unknown') throw unknownConnection()
    background.run('remove the users of a connection', () => connections.clear(tenant.name))
    reply.code(202)
    return { deleted_at: toTimestamp(clock.now()) }
  })
}

const readRoutes = (app: Api, { connections, clients }: ConnectionDeps) => {
  const config = { scopes: ['read:connections'] }
  const listSchema = {
    summary: 'Where users are kept',
    querystring: listConnections,
    response: { 200: slicedListOf('connections', shownConnection) },
  }
  app.get('/connections', { config, schema: listSchema }, async ({ tenant, query }) => {
    const filter = {
      ...(query.name !== undefined && { name: query.name }),
      ...(query.strategy !== undefined && { strategies: [query.strategy].flat() }),
    }
    const sliced = await connections.page(tenant.name, filter, toSlice(query))
    const all = await clients.list(tenant.name)
    const items = sliced.items.map((connection) => selectFields(toConnectionAnswer(connection, all), query))
    return slicedList({ key: 'connections', ...sliced, items }, query)
  })

  const oneSchema = {
    summary: 'One connection',
    params: byConnection,
    querystring: z.strictObject(fieldsQuery),
    response: { 200: shownConnection },
  }
  app.get('/connections/:id', { config, schema: oneSchema }, async ({ tenant, params, query }) => {
    const connection = await connections.find(tenant.name, params.id)
    if (!connection) throw unknownConnection()
    return selectFields(toConnectionAnswer(connection, await clients.list(tenant.name)), query)
  })
}

export const connectionRoutes = (deps: ConnectionDeps) => async (app: Api) => {
  readRoutes(app, deps)
  createRoute(app, deps)
  editRoutes(app, deps)
}
