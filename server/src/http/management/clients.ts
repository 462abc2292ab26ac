/** `/clients`: the applications a reset can begin in. The secret is shown once, in the answer that made it. */
import { z } from 'zod'
import type { Client, ClientStore } from '../../clients/client.ts'
import { mintClientSecret } from '../../clients/client-secret.ts'
import type { EditClient } from '../../clients/edit-client.ts'
import type { Clock, Random } from '../../ports.ts'
import type { Api } from '../plugins/zod-schemas.ts'
import { notFound } from '../wire-problem.ts'
import { mergeMetadata } from './metadata.ts'
import { fieldsQuery, flag, offsetList, offsetPaging, selectFields } from './paging.ts'

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
  const createOptions = { config: { scopes: ['create:clients'] }, schema: { body: createClient } }
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

  const editOptions = { config: { scopes: ['update:clients'] }, schema: { params: byId, body: editClient } }
  app.patch('/clients/:id', editOptions, async ({ tenant, params, body }) => {
    const { name: newName, client_metadata: metadata, initiate_login_uri: uri } = body
    const client = await edit(tenant.name, params.id, (stored) => ({
      ...(newName !== undefined && { name: newName }),
      ...(metadata !== undefined && { metadata: mergeMetadata(stored.metadata, metadata) }),
      ...(uri !== undefined && { initiateLoginUri: uri === '' ? undefined : uri }),
    }))
    if (!client) throw unknownClient()
    return toClientAnswer(client)
  })

  const removeOptions = { config: { scopes: ['delete:clients'] }, schema: { params: byId } }
  app.delete('/clients/:id', removeOptions, async ({ tenant, params }, reply) => {
    await clients.remove(tenant.name, params.id)
    return reply.code(204).send()
  })
}

const readRoutes = (app: Api, { clients }: ClientDeps) => {
  const config = { scopes: ['read:clients'] }

  app.get('/clients', { config, schema: { querystring: listClients } }, async ({ tenant, query }) => {
    const all = query.is_global ? [] : await clients.list(tenant.name)
    return offsetList({ key: 'clients', all, toAnswer: (client) => selectFields(toClientAnswer(client), query) }, query)
  })

  const schema = { params: byId, querystring: z.strictObject(fieldsQuery) }
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
