/** `/users`: the people whose passwords may be reset. */
import { z } from 'zod'
import type { ConnectionStore } from '../../../connections/connection.ts'
import type { Clock, Random } from '../../../ports.ts'
import type { TicketStore } from '../../../tickets/ticket.ts'
import type { EditUser } from '../../../users/edit-user.ts'
import type { User, UserPatch } from '../../../users/user.ts'
import type { UserStore } from '../../../users/user-store.ts'
import { requireScope } from '../../plugins/management-auth.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { noBody } from '../../wire-answer.ts'
import { conflict } from '../../wire-problem.ts'
import { unknownConnection } from '../connections/connection-schema.ts'
import { selectFields } from '../paging.ts'
import { listRoute } from './list-users.ts'
import { newUser } from './new-user.ts'
import { hashCheckedPassword } from './password.ts'
import { patchUser } from './patch-user.ts'
import { toUserAnswer, userAnswer } from './to-user.ts'
import { unknownUser } from './unknown-user.ts'
import { byUser, createUser, editUser, findByEmail, shownFields } from './user-schema.ts'

export type UserDeps = {
  users: UserStore
  editUser: EditUser
  connections: Pick<ConnectionStore, 'findByName'>
  tickets: Pick<TicketStore, 'revokeAll'>
  random: Random
  clock: Clock
}

const alreadyExists = () => conflict('The user already exists.', 'auth0_idp_error')

const createRoute = (app: Api, deps: UserDeps) => {
  const schema = { summary: 'A new user', body: createUser, response: { 201: userAnswer }, refuses: [404, 409] }
  const options = { config: { scopes: ['create:users'] }, schema }
  app.post('/users', options, async ({ tenant, body }, reply) => {
    const connection = await deps.connections.findByName(tenant.name, body.connection)
    if (!connection) throw unknownConnection()
    const user = await newUser(deps, body, { tenant: tenant.name, connection })
    if ((await deps.users.create(tenant.name, user)) === 'exists') throw alreadyExists()
    reply.code(201)
    return toUserAnswer(user)
  })
}

const editRoute = (app: Api, deps: UserDeps) => {
  const scopes = ['update:users', 'update:users_app_metadata']
  const schema = {
    summary: 'Changes one user',
    description: 'The first level of metadata is merged; null takes a field or a key away, and {} all keys.',
    params: byUser,
    body: editUser,
    response: { 200: userAnswer },
    refuses: [409],
  }
  const options = { config: { scopes }, schema }

  app.patch('/users/:id', options, async ({ tenant, grant, params, body }) => {
    if (Object.keys(body).some((name) => name !== 'app_metadata')) requireScope(grant, ['update:users'])
    const user = await deps.users.find(tenant.name, params.id)
    if (!user) throw unknownUser()
    const connection = await deps.connections.findByName(tenant.name, user.connection)
    if (!connection || (body.connection ?? connection.name) !== connection.name) throw unknownConnection()
    const account = {
      tenant: tenant.name,
      connection,
      email: body.email ?? user.email,
      username: body.username ?? user.username,
    }
    // `null` takes the password away: that too ends every link that is under way.
    const passwordHash = body.password ? await hashCheckedPassword(body.password, account) : undefined
    const now = deps.clock.now()
    const change = (stored: User): UserPatch => ({
      ...patchUser(body, stored),
      ...(body.password !== undefined && { passwordHash, passwordChangedAt: now }),
    })
    const edited = await deps.editUser(tenant.name, params.id, { now, change })
    if (!edited) throw unknownUser()
    if (edited === 'exists') throw alreadyExists()
    return toUserAnswer(edited)
  })
}

const readRoutes = (app: Api, { users }: UserDeps) => {
  const config = { scopes: ['read:users'] }

  const oneSchema = {
    summary: 'One user',
    params: byUser,
    querystring: shownFields,
    response: { 200: userAnswer.partial() },
  }
  const oneOptions = { config, schema: oneSchema }
  app.get('/users/:id', oneOptions, async ({ tenant, params, query }) => {
    const user = await users.find(tenant.name, params.id)
    if (!user) throw unknownUser()
    return selectFields(toUserAnswer(user), query)
  })

  const emailSchema = {
    summary: 'The users with this address',
    querystring: findByEmail,
    response: { 200: z.array(userAnswer.partial()) },
  }
  const emailOptions = { config, schema: emailSchema }
  app.get('/users-by-email', emailOptions, async ({ tenant, query }) => {
    const found = await users.findByAddress(tenant.name, query.email)
    // The vendor compares the case too.
    const exact = found.filter(({ email }) => email === query.email)
    return exact.map((user) => selectFields(toUserAnswer(user), query))
  })
}

const removeRoute = (app: Api, { users, tickets }: UserDeps) => {
  const schema = { summary: 'Takes one user away', params: byUser, response: { 204: noBody } }
  const options = { config: { scopes: ['delete:users'] }, schema }
  app.delete('/users/:id', options, async ({ tenant, params }, reply) => {
    await tickets.revokeAll(tenant.name, params.id)
    await users.remove(tenant.name, params.id)
    return reply.code(204).send()
  })
}

export const userRoutes = (deps: UserDeps) => async (app: Api) => {
  listRoute(app, deps)
  readRoutes(app, deps)
  createRoute(app, deps)
  editRoute(app, deps)
  removeRoute(app, deps)
}
