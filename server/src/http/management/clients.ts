/** `/clients`: the applications a reset can begin in. The secret is shown once, in the answer that made it. */
import { z } from 'zod'
import type { Client, ClientStore } from '../../clients/client.ts'
import { mintClientSecret } from '../../clients/client-secret.ts'
import type { EditClient } from '../../clients/edit-client.ts'
import type { Clock, Random } from '../../ports.ts'
import type { Api } from '../plugins/zod-schemas.ts'
import { noBody } from '../wire-answer.ts'
import { notFound } from '../wire-problem.ts'
import { mergeMetadata } from './metadata.ts'
import { fieldsQuery, flag, offsetList, offsetListOf, offsetPaging, selectFields } from './paging.ts'

export type ClientDeps = { clients: ClientStore; editClient: EditClient; random: Random; clock: Clock }

const name = z
  .string()
  .min(1)
  .max(255)
  .refine((text) => !/[<>]/.test(text), "The name must not hold '<' or '>'")
  .describe('Name of this client')
const metadataValue = z.string().max(255)
const metadataKey = z.string().min(1).max(255)
const initiateLoginUri = z
  .url({ protocol: /^https?$/ })
  .max(2_048)
  .or(z.literal(''))
  .describe('Where a user goes on after a reset')

const createClient = z.strictObject({
  name,
  client_metadata: z.record(metadataKey, metadataValue).default({}),
  initiate_login_uri: initiateLoginUri.optional(),
})

const editClient = z.strictObject({
  name: name.optional(),
  client_metadata: z.record(metadataKey, metadataValue.nullable()).optional(),
  initiate_login_uri: initiateLoginUri.optional(),
})

const client = z
  .object({
    client_id: z.string(),
    name: z.string(),
    client_metadata: z.record(z.string(), z.string()),
    initiate_login_uri: z.string().optional(),
    global: z.boolean(),
  })
  .meta({ id: 'Client' })
const newClient = client.extend({ client_secret: z.string().describe('Shown this once') }).meta({ id: 'NewClient' })

const byId = z.object({ id: z.string() })
const listClients = z.strictObject({ ...offsetPaging, ...fieldsQuery, is_global: flag.optional() })

const unknownClient = () => notFound('The client does not exist', 'inexistent_client')

const toClientAnswer = ({ clientId, name, metadata, initiateLoginUri }: Client) => ({
  client_id: clientId,
  name,
  client_metadata: metadata,
  ...(initiateLoginUri !== undefined && { initiate_login_uri: initiateLoginUri }),
  global: false,
})

const writeRoutes = (app: Api, { clients, editClient: edit, random, clock }: ClientDeps) => {
  const createSchema = { summary: 'A new application', body: createClient, response: { 201: newClient } }
  const createOptions = { config: { scopes: ['create:clients'] }, schema: createSchema }
  app.post('/clients', createOptions, async ({ tenant, body }, reply) => {
    const { secret, secretHash } = mintClientSecret(random)
    const client: Client = {
      clientId: random.base62(32),
      name: body.name,
      secretHash,
      metadata: body.client_metadata,
      ...(body.initiate_login_uri && { initiateLoginUri: body.initiate_login_uri }),
      managementScopes: [],
      createdAt: clock.now(),
    }
    await clients.create(tenant.name, client)
    reply.code(201)
    return { ...toClientAnswer(client), client_secret: secret }
  })

  const editSchema = { summary: 'Changes one application', params: byId, body: editClient, response: { 200: client } }
  const editOptions = { config: { scopes: ['update:clients'] }, schema: editSchema }
  app.patch('/clients/:id', editOptions, async ({ tenant, params, body }) => {
    const { name: newName, client_metadata: metadata, initiate_login_uri: uri } = body
    const edited = await edit(tenant.name, params.id, (stored) => ({
      ...(newName !== undefined && { name: newName }),
      ...(metadata !== undefined && { metadata: mergeMetadata(stored.metadata, metadata) }),
      ...(uri !== undefined && { initiateLoginUri: uri === '' ? undefined : uri }),
    }))
    if (!edited) throw unknownClient()
    return toClientAnswer(edited)
  })

  const removeSchema = { summary: 'Takes one application away', params: byId, response: { 204: noBody } }
  const removeOptions = { config: { scopes: ['delete:clients'] }, schema: removeSchema }
  app.delete('/clients/:id', removeOptions, async ({ tenant, params }, reply) => {
    await clients.remove(tenant.name, params.id)
    return reply.code(204).send()
  })
}

const readRoutes = (app: Api, { clients }: ClientDeps) => {
  const config = { scopes: ['read:clients'] }

  const listSchema = {
    summary: 'The applications a reset can begin in',
    querystring: listClients,
    response: { 200: offsetListOf('clients', client.partial()) },
  }
  app.get('/clients', { config, schema: listSchema }, async ({ tenant, query }) => {
    const all = query.is_global ? [] : await clients.list(tenant.name)
    return offsetList({ key: 'clients', all, toAnswer: (client) => selectFields(toClientAnswer(client), query) }, query)
  })

  const schema = {
    summary: 'One application',
    params: byId,
    querystring: z.strictObject(fieldsQuery),
    response: { 200: client.partial() },
  }
  app.get('/clients/:id', { config, schema }, async ({ tenant, params, query }) => {
    const client = await clients.find(tenant.name, params.id)
    if (!client) throw unknownClient()
    return selectFields(toClientAnswer(client), query)
  })
}

export const clientRoutes = (deps: ClientDeps) => async (app: Api) => {
  readRoutes(app, deps)
  writeRoutes(app, deps)
}
