/** `/users`: the people whose passwords may be reset. */
import type { ConnectionStore } from '../../../connections/connection.ts'
import type { Clock, Random } from '../../../ports.ts'
import type { TicketStore } from '../../../tickets/ticket.ts'
import type { EditUser } from '../../../users/edit-user.ts'
import type { User, UserPatch } from '../../../users/user.ts'
import type { UserStore } from '../../../users/user-store.ts'
import { requireScope } from '../../plugins/management-auth.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { conflict } from '../../wire-problem.ts'
import { unknownConnection } from '../connections.ts'
import { selectFields } from '../paging.ts'
import { listRoute } from './list-users.ts'
import { newUser } from './new-user.ts'
import { hashCheckedPassword } from './password.ts'
import { patchUser } from './patch-user.ts'
import { toUserAnswer } from './to-user.ts'
import { unknownUser } from './unknown-user.ts'
import { byUser, createUser, editUser, findByEmail, shownFields } from './user-schema.ts'

export type UserDeps = {
  users: UserStore
  editUser: EditUser
  connections: Pick<ConnectionStore, 'findByName' | 'list'>
  tickets: Pick<TicketStore, 'revokeAll'>
  random: Random
  clock: Clock
}

const alreadyExists = () => conflict('The user already exists.', 'auth0_idp_error')

const createRoute = (app: Api, deps: UserDeps) => {
  const options = { config: { scopes: ['create:users'] }, schema: { body: createUser } }
  app.post('/users', options, async ({ tenant, body }, reply) => {
    const connection = await deps.connections.findByName(tenant.name, body.connection)
    if (!connection) throw unknownConnection()
    const user = await newUser(deps, body, connection)
    if ((await deps.users.create(tenant.name, user)) === 'exists') throw alreadyExists()
    reply.code(201)
    return toUserAnswer(user)
  })
}

const editRoute = (app: Api, deps: UserDeps) => {
  const scopes = ['update:users', 'update:users_app_metadata']
  const options = { config: { scopes }, schema: { params: byUser, body: editUser } }

  app.patch('/users/:id', options, async ({ tenant, grant, params, body }) => {
    if (Object.keys(body).some((name) => name !== 'app_metadata')) requireScope(grant, ['update:users'])
    const user = await deps.users.find(tenant.name, params.id)
    if (!user) throw unknownUser()
    const connection = await deps.connections.findByName(tenant.name, user.connection)
    if (!connection || (body.connection ?? connection.name) !== connection.name) throw unknownConnection()
    const account = { connection, email: body.email ?? user.email, username: body.username ?? user.username }
    const passwordHash = body.password === undefined ? undefined : await hashCheckedPassword(body.password, account)
    const now = deps.clock.now()
    const change = (stored: User): UserPatch => ({
      ...patchUser(body, stored),
      ...(passwordHash !== undefined && { passwordHash, passwordChangedAt: now }),
    })
    const edited = await deps.editUser(tenant.name, params.id, { now, change })
    if (!edited) throw unknownUser()
    if (edited === 'exists') throw alreadyExists()
    return toUserAnswer(edited)
  })
}

const readRoutes = (app: Api, { users, connections }: UserDeps) => {
  const config = { scopes: ['read:users'] }

  const oneOptions = { config, schema: { params: byUser, querystring: shownFields } }
  app.get('/users/:id', oneOptions, async ({ tenant, params, query }) => {
    const user = await users.find(tenant.name, params.id)
    if (!user) throw unknownUser()
    return selectFields(toUserAnswer(user), query)
  })

  const emailOptions = { config, schema: { querystring: findByEmail } }
  app.get('/users-by-email', emailOptions, async ({ tenant, query }) => {
    const all = await connections.list(tenant.name)
    const found = await Promise.all(all.map(({ name }) => users.findByEmail(tenant.name, name, query.email)))
    // The vendor compares the case too.
    const exact = found.filter((user) => user !== undefined).filter(({ email }) => email === query.email)
    return exact.map((user) => selectFields(toUserAnswer(user), query))
  })
}

const removeRoute = (app: Api, { users, tickets }: UserDeps) => {
  const options = { config: { scopes: ['delete:users'] }, schema: { params: byUser } }
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
