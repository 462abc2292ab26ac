/**
 * `/clients/{id}/credentials`: the public keys of an application. One opens nothing until the application names it in its
 * `client_authentication_methods`; one that is deleted opens nothing from then on.
 */
import { z } from 'zod'
import type { ClientStore } from '../../../clients/client.ts'
import type { ClientCredential } from '../../../clients/client-credential.ts'
import type { EditClient } from '../../../clients/edit-client.ts'
import type { Clock, Random } from '../../../ports.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { noBody } from '../../wire-answer.ts'
import { notFound } from '../../wire-problem.ts'
import { unknownClient } from './client-schema.ts'
import {
  addCredentials,
  credential,
  editCredential,
  newCredential,
  toCredential,
  toCredentialAnswer,
} from './credential-schema.ts'

export type CredentialDeps = {
  clients: Pick<ClientStore, 'find'>
  editClient: EditClient
  random: Random
  clock: Clock
}

const ofClient = z.object({ id: z.string() })
const byId = z.object({ id: z.string(), credential: z.string() })
const unknownCredential = () => notFound('The credential does not exist.', 'inexistent_credential')

const requireOne = (credentials: readonly ClientCredential[] | undefined, id: string): ClientCredential => {
  const found = credentials?.find((one) => one.id === id)
  if (!found) throw unknownCredential()
  return found
}

const readRoutes = (app: Api, { clients }: CredentialDeps) => {
  const config = { scopes: ['read:client_credentials'] }
  const credentialsOf = async (tenant: string, clientId: string): Promise<ClientCredential[]> => {
    const client = await clients.find(tenant, clientId)
    if (!client) throw unknownClient()
    return client.credentials ?? []
  }

  const listSchema = { summary: 'The public keys of one', params: ofClient, response: { 200: z.array(credential) } }
  app.get('/clients/:id/credentials', { config, schema: listSchema }, async ({ tenant, params }) =>
    (await credentialsOf(tenant.name, params.id)).map(toCredentialAnswer),
  )

  const schema = { summary: 'One public key of it', params: byId, response: { 200: credential } }
  app.get('/clients/:id/credentials/:credential', { config, schema }, async ({ tenant, params }) =>
    toCredentialAnswer(requireOne(await credentialsOf(tenant.name, params.id), params.credential)),
  )
}

const createRoute = (app: Api, { editClient, random, clock }: CredentialDeps) => {
  const config = { scopes: ['create:client_credentials'] }
  const schema = {
    summary: 'A new public key',
    params: ofClient,
    body: newCredential,
    response: { 201: credential },
    refuses: [409],
  }
  app.post('/clients/:id/credentials', { config, schema }, async ({ tenant, params, body }, reply) => {
    const made = toCredential(body, { random, now: clock.now() })
    const edited = await editClient(tenant.name, params.id, (client) => ({
      credentials: addCredentials(client, [made]),
    }))
    if (!edited) throw unknownClient()
    reply.code(201)
    return toCredentialAnswer(made)
  })
}

const editRoutes = (app: Api, { editClient, clock }: CredentialDeps) => {
  const editSchema = { summary: 'When it ends', params: byId, body: editCredential, response: { 200: credential } }
  const editOptions = { config: { scopes: ['update:client_credentials'] }, schema: editSchema }
  app.patch('/clients/:id/credentials/:credential', editOptions, async ({ tenant, params, body }) => {
    const end = body.expires_at
    const change = ({ expiresAt: stored, ...rest }: ClientCredential): ClientCredential => {
      const expiresAt = end === undefined ? stored : end === null ? undefined : Date.parse(end)
      return { ...rest, ...(expiresAt !== undefined && { expiresAt }), updatedAt: clock.now() }
    }
    const edited = await editClient(tenant.name, params.id, ({ credentials }) => {
      requireOne(credentials, params.credential)
      return { credentials: (credentials ?? []).map((one) => (one.id === params.credential ? change(one) : one)) }
    })
    if (!edited) throw unknownClient()
    return toCredentialAnswer(requireOne(edited.credentials, params.credential))
  })

  const removeSchema = { summary: 'Takes one public key away', params: byId, response: { 204: noBody } }
  const removeOptions = { config: { scopes: ['delete:client_credentials'] }, schema: removeSchema }
  app.delete('/clients/:id/credentials/:credential', removeOptions, async ({ tenant, params }, reply) => {
    const edited = await editClient(tenant.name, params.id, ({ credentials, assertionCredentials }) => {
      requireOne(credentials, params.credential)
      return {
        credentials: (credentials ?? []).filter(({ id }) => id !== params.credential),
        // Empty, it still stands: nobody asked for the secret to count again.
        ...(assertionCredentials && {
          assertionCredentials: assertionCredentials.filter((id) => id !== params.credential),
        }),
      }
    })
    if (!edited) throw unknownClient()
    return reply.code(204).send()
  })
}

export const credentialRoutes = (deps: CredentialDeps) => async (app: Api) => {
  readRoutes(app, deps)
  createRoute(app, deps)
  editRoutes(app, deps)
}
