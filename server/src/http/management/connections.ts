/** `/connections`: database connections, and directory connections, which can be named but cannot reset a password. */
import { z } from 'zod'
import type { ClientStore } from '../../clients/client.ts'
import type { Connection, ConnectionStore } from '../../connections/connection.ts'
import type { EditConnection } from '../../connections/edit-connection.ts'
import type { Background, Clock, Random } from '../../ports.ts'
import type { Api } from '../plugins/zod-schemas.ts'
import { conflict, notFound } from '../wire-problem.ts'
import { anyPaging, slicedList, slicedListOf, toSlice } from './checkpoint.ts'
import { requireStorable } from './metadata.ts'
import { fieldsQuery, selectFields } from './paging.ts'
import { toTimestamp } from './timestamp.ts'

export type ConnectionDeps = {
  connections: ConnectionStore
  editConnection: EditConnection
  clients: Pick<ClientStore, 'list'>
  background: Background
  random: Random
  clock: Clock
}

const strategy = z.enum(['auth0', 'ad'])
const metadata = z
  .record(z.string().min(1).max(255), z.string().max(255))
  .refine((entries) => Object.keys(entries).length <= 10, 'At most 10 entries')
const enabledClients = z.array(z.string().min(1).max(64)).max(1_000)

/** Where passwords would be kept elsewhere, or what would be a secret of that place. */
const foreign = /^(configuration|customScripts|enabledDatabaseCustomization|import_mode)$|secret|token|_key$/i
const options = z
  .record(z.string(), z.unknown())
  .refine(
    (given) => !Object.entries(given).some(([name, value]) => foreign.test(name) && value !== false),
    'Users are kept in this server only: no scripts, secrets or imports',
  )
  .describe('Kept and given back')

const kept = {
  options: options.optional(),
  display_name: z.string().max(128).optional(),
  is_domain_connection: z.boolean().optional(),
  show_as_button: z.boolean().optional(),
  realms: z.array(z.string().max(256)).max(10).optional(),
  authentication: z.record(z.string(), z.unknown()).optional(),
  connected_accounts: z.record(z.string(), z.unknown()).optional(),
}
type Kept = { readonly [Name in keyof typeof kept]?: unknown }

const createConnection = z.strictObject({
  ...kept,
  name: z
    .string()
    .max(128)
    .regex(/^[a-zA-Z0-9](-[a-zA-Z0-9]|[a-zA-Z0-9])*$/)
    .describe('The name of the connection: letters, digits and single hyphens'),
  strategy: strategy.describe('auth0 is a database, ad a directory'),
  metadata: metadata.default({}),
  enabled_clients: enabledClients.optional().describe('Every client where it is absent'),
})
const editedConnection = z.strictObject({
  ...kept,
  metadata: metadata.optional(),
  enabled_clients: enabledClients.optional(),
})

const listConnections = z.strictObject({
  name: z.string().optional(),
  strategy: z.union([strategy, z.array(strategy)]).optional(),
  ...anyPaging,
  ...fieldsQuery,
})

export const byConnection = z.object({ id: z.string() })
export const unknownConnection = () => notFound('The connection does not exist', 'inexistent_connection')

const connectionAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    strategy: z.string(),
    options: z.record(z.string(), z.unknown()),
    realms: z.array(z.string()),
    enabled_clients: z.array(z.string()),
    is_domain_connection: z.boolean(),
    display_name: kept.display_name,
    show_as_button: kept.show_as_button,
    authentication: kept.authentication,
    connected_accounts: kept.connected_accounts,
    metadata: z.record(z.string(), z.string()),
  })
  .meta({ id: 'Connection' })
const shown = connectionAnswer.partial()

const keep = (stored: Connection['kept'], body: Kept): Connection['kept'] => {
  const sent = Object.keys(kept).filter((name) => body[name as keyof Kept] !== undefined)
  return requireStorable({
    ...stored,
    ...Object.fromEntries(sent.map((name) => [name, body[name as keyof Kept]])),
  })
}

/** Ids of the clients that it is enabled for. */
export const enabledIn = (connection: Connection, clients: readonly { clientId: string }[]): string[] =>
  clients.map(({ clientId }) => clientId).filter((id) => connection.enabledClients?.includes(id) ?? true)

const toAnswer = (connection: Connection, clients: readonly { clientId: string }[]) =>
  connectionAnswer.parse({
    options: {},
    realms: [connection.name],
    is_domain_connection: false,
    ...connection.kept,
    id: connection.id,
    name: connection.name,
    strategy: connection.strategy,
    enabled_clients: enabledIn(connection, clients),
    metadata: connection.metadata,
  })

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
      kept: keep({}, body),
      createdAt: clock.now(),
    }
    const created = await connections.create(tenant.name, connection)
    if (created === 'name-taken') throw conflict('A connection with the same name already exists')
    reply.code(201)
    return toAnswer(connection, await clients.list(tenant.name))
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
      kept: keep(stored.kept, body),
    }))
    if (!edited) throw unknownConnection()
    return toAnswer(edited, await clients.list(tenant.name))
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
    response: { 200: slicedListOf('connections', shown) },
  }
  app.get('/connections', { config, schema: listSchema }, async ({ tenant, query }) => {
    const filter = {
      ...(query.name !== undefined && { name: query.name }),
      ...(query.strategy !== undefined && { strategies: [query.strategy].flat() }),
    }
    const sliced = await connections.page(tenant.name, filter, toSlice(query))
    const all = await clients.list(tenant.name)
    const items = sliced.items.map((connection) => selectFields(toAnswer(connection, all), query))
    return slicedList({ key: 'connections', ...sliced, items }, query)
  })

  const oneSchema = {
    summary: 'One connection',
    params: byConnection,
    querystring: z.strictObject(fieldsQuery),
    response: { 200: shown },
  }
  app.get('/connections/:id', { config, schema: oneSchema }, async ({ tenant, params, query }) => {
    const connection = await connections.find(tenant.name, params.id)
    if (!connection) throw unknownConnection()
    return selectFields(toAnswer(connection, await clients.list(tenant.name)), query)
  })
}

export const connectionRoutes = (deps: ConnectionDeps) => async (app: Api) => {
  readRoutes(app, deps)
  createRoute(app, deps)
  editRoutes(app, deps)
}
