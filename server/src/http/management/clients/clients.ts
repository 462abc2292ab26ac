/** `/clients`: the applications a reset can begin in. A secret is shown once, in the answer that made it. */
import { z } from 'zod'
import type { ClientGrantStore } from '../../../client-grants/client-grant.ts'
import type { Client, ClientStore } from '../../../clients/client.ts'
import { mintClientSecret } from '../../../clients/client-secret.ts'
import type { EditClient } from '../../../clients/edit-client.ts'
import type { Patch } from '../../../patch.ts'
import type { Clock, Random } from '../../../ports.ts'
import { effectiveLimits } from '../../../tenants/limits.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { noBody } from '../../wire-answer.ts'
import { keepSent } from '../keep-sent.ts'
import { mergeMetadata } from '../metadata.ts'
import { overLimit } from '../over-limit.ts'
import { fieldsQuery, offsetListOf, offsetPage, selectFields, toPage } from '../paging.ts'
import { createdProof, editedProof } from './authentication-methods.ts'
import {
  client,
  createClient,
  type EditClientBody,
  editClient,
  newClient,
  toClientAnswer,
  unknownClient,
} from './client-schema.ts'
import { keptNames } from './kept-fields.ts'
import { filterClients, listClients } from './list-clients.ts'

export type ClientDeps = {
  clients: ClientStore
  clientGrants: Pick<ClientGrantStore, 'list'>
  editClient: EditClient
  random: Random
  clock: Clock
}

const byId = z.object({ id: z.string() })

const createRoute = (app: Api, { clients, random, clock }: ClientDeps) => {
  const schema = { summary: 'A new application', body: createClient, response: { 201: newClient }, refuses: [409] }
  app.post('/clients', { config: { scopes: ['create:clients'] }, schema }, async ({ tenant, body }, reply) => {
    const { app_type: appType, token_endpoint_auth_method: authMethod, grant_types: grantTypes } = body
    const proof = createdProof(body, { random, clock })
    const hasSecret = authMethod !== 'none' && !proof.assertionCredentials
    const minted = hasSecret ? mintClientSecret(random) : undefined
    const created: Client = {
      clientId: random.base62(32),
      name: body.name,
      ...(minted && { secretHash: minted.secretHash }),
      metadata: body.client_metadata,
      ...(body.initiate_login_uri && { initiateLoginUri: body.initiate_login_uri }),
      ...(appType && { appType }),
      isFirstParty: body.is_first_party ?? true,
      ...(authMethod && { authMethod }),
      ...(grantTypes && { grantTypes }),
      ...proof,
      kept: keepSent({}, body, keptNames),
      createdAt: clock.now(),
    }
    const most = effectiveLimits(tenant).clients
    if ((await clients.create(tenant.name, created, { most })) === 'too-many') throw overLimit(tenant, 'clients')
    reply.code(201)
    return { ...toClientAnswer(created), ...(minted && { client_secret: minted.secret }) }
  })
}

const toPatch = (
  body: EditClientBody,
  stored: Client,
): Patch<Omit<Client, 'clientId' | 'secretHash' | 'createdAt'>> => {
  const { app_type: appType, token_endpoint_auth_method: authMethod, initiate_login_uri: uri } = body
  return {
    ...(body.name !== undefined && { name: body.name }),
    ...(body.client_metadata !== undefined && { metadata: mergeMetadata(stored.metadata, body.client_metadata) }),
    ...(uri !== undefined && { initiateLoginUri: uri || undefined }),
    ...(appType !== undefined && { appType: appType ?? undefined }),
    ...(body.is_first_party !== undefined && { isFirstParty: body.is_first_party }),
    ...(authMethod !== undefined && { authMethod: authMethod ?? undefined }),
    ...(body.grant_types !== undefined && { grantTypes: body.grant_types }),
    ...editedProof(body, stored),
    kept: keepSent(stored.kept, body, keptNames),
  }
}

const editRoutes = (app: Api, { clients, editClient: edit, random }: ClientDeps) => {
  const config = { scopes: ['update:clients'] }
  const editSchema = { summary: 'Changes one application', params: byId, body: editClient, response: { 200: client } }
  app.patch('/clients/:id', { config, schema: editSchema }, async ({ tenant, params, body }) => {
    const edited = await edit(tenant.name, params.id, (stored) => toPatch(body, stored))
    if (!edited) throw unknownClient()
    return toClientAnswer(edited)
  })

  const rotateSchema = { summary: 'A new secret in place of the old one', params: byId, response: { 200: newClient } }
  // Whoever has the secret of another client has all that one may do: more than changing it.
  const rotateOptions = { config: { scopes: ['update:client_keys'] }, schema: rotateSchema }
  app.post('/clients/:id/rotate-secret', rotateOptions, async ({ tenant, params }) => {
    const { secret, secretHash } = mintClientSecret(random)
    const rotated = await clients.update(tenant.name, params.id, { secretHash })
    if (!rotated) throw unknownClient()
    return { ...toClientAnswer(rotated), client_secret: secret }
  })

  const removeSchema = { summary: 'Takes one application away', params: byId, response: { 204: noBody } }
  const removeOptions = { config: { scopes: ['delete:clients'] }, schema: removeSchema }
  app.delete('/clients/:id', removeOptions, async ({ tenant, params }, reply) => {
    await clients.remove(tenant.name, params.id)
    return reply.code(204).send()
  })
}

const readRoutes = (app: Api, { clients, clientGrants }: ClientDeps) => {
  const config = { scopes: ['read:clients'] }

  const listSchema = {
    summary: 'The applications a reset can begin in',
    querystring: listClients,
    response: { 200: offsetListOf('clients', client.partial()) },
  }
  app.get('/clients', { config, schema: listSchema }, async ({ tenant, query }) => {
    const stored = await clients.list(tenant.name)
    const slice = { offset: 0, limit: stored.length }
    // Only a query reads of them.
    const { items: grants } = query.q ? await clientGrants.list(tenant.name, {}, slice) : { items: [] }
    const all = filterClients({ clients: stored, grants }, query).map(({ clientId }) => clientId)
    const { offset, limit } = toPage(query)
    const shown = await clients.findAll(tenant.name, all.slice(offset, offset + limit))
    const items = shown.map((one) => selectFields(toClientAnswer(one), query))
    return offsetPage({ key: 'clients', items, total: all.length }, query)
  })

  const schema = {
    summary: 'One application',
    params: byId,
    querystring: z.strictObject(fieldsQuery),
    response: { 200: client.partial() },
  }
  app.get('/clients/:id', { config, schema }, async ({ tenant, params, query }) => {
    const found = await clients.find(tenant.name, params.id)
    if (!found) throw unknownClient()
    return selectFields(toClientAnswer(found), query)
  })
}

export const clientRoutes = (deps: ClientDeps) => async (app: Api) => {
  readRoutes(app, deps)
  createRoute(app, deps)
  editRoutes(app, deps)
}
