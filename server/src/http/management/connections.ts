/** `/connections`: database connections, and directory connections, which can be named but cannot reset a password. */
import { z } from 'zod'
import type { Connection, ConnectionStore } from '../../connections/connection.ts'
import type { Clock, Random } from '../../ports.ts'
import type { Api } from '../plugins/zod-schemas.ts'
import { conflict, notFound } from '../wire-problem.ts'
import { fieldsQuery, offsetList, offsetListOf, offsetPaging, selectFields } from './paging.ts'

export type ConnectionDeps = { connections: ConnectionStore; random: Random; clock: Clock }

const strategy = z.enum(['auth0', 'ad'])

const createConnection = z.strictObject({
  name: z
    .string()
    .max(128)
    .regex(/^[a-zA-Z0-9](-[a-zA-Z0-9]|[a-zA-Z0-9])*$/)
    .describe('The name of the connection: letters, digits and single hyphens'),
  strategy: strategy.describe('auth0 is a database, ad a directory'),
  metadata: z.record(z.string().min(1).max(255), z.string().max(255)).default({}),
})

const listConnections = z.strictObject({
  name: z.string().optional(),
  strategy: z.union([strategy, z.array(strategy)]).optional(),
  /** Checkpoint paging: everything fits on one page of it. */
  take: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
  from: z.string().optional(),
  ...offsetPaging,
  ...fieldsQuery,
})
type ListQuery = z.infer<typeof listConnections>

export const unknownConnection = () => notFound('The connection does not exist', 'inexistent_connection')

const connectionAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    strategy: z.string(),
    options: z.object({}),
    realms: z.array(z.string()),
    enabled_clients: z.array(z.string()),
    is_domain_connection: z.boolean(),
    metadata: z.record(z.string(), z.string()),
  })
  .meta({ id: 'Connection' })
const shown = connectionAnswer.partial()
const checkpointPage = z.object({ connections: z.array(shown) })

const toConnectionAnswer = ({ id, name, strategy, metadata }: Connection) => ({
  id,
  name,
  strategy,
  options: {},
  realms: [name],
  enabled_clients: [],
  is_domain_connection: false,
  metadata,
})

const matches = ({ name, strategy }: ListQuery) => {
  const strategies: string[] = strategy === undefined ? [] : [strategy].flat()
  return (connection: Connection): boolean =>
    (name === undefined || connection.name === name) &&
    (strategies.length === 0 || strategies.includes(connection.strategy))
}

export const connectionRoutes =
  ({ connections, random, clock }: ConnectionDeps) =>
  async (app: Api) => {
    const createSchema = {
      summary: 'A new place where users are kept',
      body: createConnection,
      response: { 201: connectionAnswer },
      refuses: [409],
    }
    const createOptions = { config: { scopes: ['create:connections'] }, schema: createSchema }
    app.post('/connections', createOptions, async ({ tenant, body }, reply) => {
      const connection = { ...body, id: `con_${random.base62(16)}`, createdAt: clock.now() }
      const created = await connections.create(tenant.name, connection)
      if (created === 'name-taken') throw conflict('A connection with the same name already exists')
      reply.code(201)
      return toConnectionAnswer(connection)
    })

    const config = { scopes: ['read:connections'] }
    const listSchema = {
      summary: 'Where users are kept',
      querystring: listConnections,
      response: { 200: z.union([offsetListOf('connections', shown), checkpointPage]) },
    }
    app.get('/connections', { config, schema: listSchema }, async ({ tenant, query }) => {
      const all = (await connections.list(tenant.name)).filter(matches(query))
      const toAnswer = (connection: Connection) => selectFields(toConnectionAnswer(connection), query)
      const isCheckpoint = query.take !== undefined || query.from !== undefined
      if (isCheckpoint) return { connections: query.from === undefined ? all.map(toAnswer) : [] }
      return offsetList({ key: 'connections', all, toAnswer }, query)
    })

    const byId = {
      summary: 'One connection',
      params: z.object({ id: z.string() }),
      querystring: z.strictObject(fieldsQuery),
      response: { 200: shown },
    }
    app.get('/connections/:id', { config, schema: byId }, async ({ tenant, params, query }) => {
      const connection = await connections.find(tenant.name, params.id)
      if (!connection) throw unknownConnection()
      return selectFields(toConnectionAnswer(connection), query)
    })
  }
