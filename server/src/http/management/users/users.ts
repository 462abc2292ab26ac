/** `/users`: the people whose passwords may be reset. */
import type { Connection, ConnectionStore } from '../../../connections/connection.ts'
import type { Clock, Random } from '../../../ports.ts'
import type { TicketStore } from '../../../tickets/ticket.ts'
import type { EditUser } from '../../../users/edit-user.ts'
import type { User, UserPatch } from '../../../users/user.ts'
import type { UserStore } from '../../../users/user-store.ts'
import { requireScope } from '../../plugins/management-auth.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { conflict, invalidBody } from '../../wire-problem.ts'
import { unknownConnection } from '../connections.ts'
import { mergeMetadata } from '../metadata.ts'
import { selectFields } from '../paging.ts'
import { hashCheckedPassword } from './password.ts'
import { toUserAnswer } from './to-user.ts'
import { unknownUser } from './unknown-user.ts'
import {
  byUser,
  type CreateUser,
  createUser,
  type EditUserBody,
  editUser,
  findByEmail,
  shownFields,
} from './user-schema.ts'

export type UserDeps = {
  users: UserStore
  editUser: EditUser
  connections: Pick<ConnectionStore, 'findByName' | 'list'>
  tickets: Pick<TicketStore, 'revokeAll'>
  random: Random
  clock: Clock
}

const alreadyExists = () => conflict('The user already exists.', 'auth0_idp_error')

/** The vendor's form: 24 hex characters. */
const newUserId = (random: Random): string => Buffer.from(random.token(12), 'base64url').toString('hex')

const present = <Fields extends object>(fields: Fields) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: Exclude<Fields[Name], undefined>
  }

const requireName = (body: CreateUser, connection: Connection): void => {
  if (body.email !== undefined || body.username !== undefined || body.phone_number !== undefined) return
  throw invalidBody(`Missing required property: email (a user of the connection '${connection.name}' needs a name)`)
}

const newUser = async ({ random, clock }: UserDeps, body: CreateUser): Promise<User> => {
  const now = clock.now()
  const { connection, password, email, username } = body
  const passwordHash =
    password === undefined ? undefined : await hashCheckedPassword(password, { ...present({ email, username }) })
  return {
    id: `auth0|${body.user_id ?? newUserId(random)}`,
    connection,
    ...present({
      email: email?.toLowerCase(),
      username,
      phoneNumber: body.phone_number,
      phoneVerified: body.phone_verified,
      name: body.name ?? email,
      nickname: body.nickname ?? email?.split('@')[0],
      givenName: body.given_name,
      familyName: body.family_name,
      picture: body.picture,
      passwordHash,
      passwordChangedAt: passwordHash === undefined ? undefined : now,
    }),
    emailVerified: body.email_verified ?? false,
    userMetadata: body.user_metadata ?? {},
    appMetadata: body.app_metadata ?? {},
    blocked: body.blocked ?? false,
    loginsCount: 0,
    createdAt: now,
    updatedAt: now,
  }
}

/** `null` becomes `undefined`, which removes the field. */
const orRemoved = <Value>(value: Value | null): Value | undefined => (value === null ? undefined : value)

const toPatch = (body: EditUserBody, user: User): UserPatch => ({
  ...(body.email !== undefined && { email: body.email.toLowerCase() }),
  ...(body.email !== undefined && body.email.toLowerCase() !== user.email && { emailVerified: false }),
  ...(body.email_verified !== undefined && { emailVerified: body.email_verified }),
  ...(body.username !== undefined && { username: orRemoved(body.username) }),
  ...(body.phone_number !== undefined && { phoneNumber: orRemoved(body.phone_number) }),
  ...(body.phone_verified !== undefined && { phoneVerified: body.phone_verified }),
  ...(body.name !== undefined && { name: orRemoved(body.name) }),
  ...(body.nickname !== undefined && { nickname: orRemoved(body.nickname) }),
  ...(body.given_name !== undefined && { givenName: orRemoved(body.given_name) }),
  ...(body.family_name !== undefined && { familyName: orRemoved(body.family_name) }),
  ...(body.picture !== undefined && { picture: orRemoved(body.picture) }),
  ...(body.user_metadata !== undefined && { userMetadata: mergeMetadata(user.userMetadata, body.user_metadata) }),
  ...(body.app_metadata !== undefined && { appMetadata: mergeMetadata(user.appMetadata, body.app_metadata) }),
  ...(body.blocked !== undefined && { blocked: body.blocked }),
})

const createRoute = (app: Api, deps: UserDeps) => {
  const options = { config: { scopes: ['create:users'] }, schema: { body: createUser } }
  app.post('/users', options, async ({ tenant, body }, reply) => {
    const connection = await deps.connections.findByName(tenant.name, body.connection)
    if (!connection) throw unknownConnection()
    requireName(body, connection)
    const user = await newUser(deps, body)
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
    const { clock, users, tickets } = deps
    const user = await users.find(tenant.name, params.id)
    if (!user) throw unknownUser()
    if (body.connection !== undefined && body.connection !== user.connection) throw unknownConnection()
    const names = { ...user, ...present({ email: body.email }) }
    const passwordHash = body.password === undefined ? undefined : await hashCheckedPassword(body.password, names)
    const now = clock.now()
    const change = (stored: User): UserPatch => ({
      ...toPatch(body, stored),
      ...(passwordHash !== undefined && { passwordHash, passwordChangedAt: now }),
    })
    const edited = await deps.editUser(tenant.name, params.id, { now, change })
    if (!edited) throw unknownUser()
    if (edited === 'exists') throw alreadyExists()
    if (passwordHash !== undefined) await tickets.revokeAll(tenant.name, params.id)
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
  readRoutes(app, deps)
  createRoute(app, deps)
  editRoute(app, deps)
  removeRoute(app, deps)
}
