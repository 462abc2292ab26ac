/** `/users/{id}/authentication-methods`: the factors a user has, confirmed as soon as they are made here. */
import { z } from 'zod'
import { formatRecoveryCode, hashRecoveryCode, mintRecoveryCode } from '../../../factors/recovery-secret.ts'
import { relyingPartyOf } from '../../../factors/relying-party.ts'
import type { Clock, Random } from '../../../ports.ts'
import type { Tenant } from '../../../tenants/tenant.ts'
import type { Enrollment, EnrollmentStore } from '../../../users/enrollment.ts'
import type { User } from '../../../users/user.ts'
import type { UserStore } from '../../../users/user-store.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { notFound } from '../../wire-problem.ts'
import { offsetList, offsetPaging } from '../paging.ts'
import { byMethod, byUser, type CreateMethod, createMethod } from './method-schema.ts'
import { toMethodAnswer } from './to-method.ts'
import { unknownUser } from './unknown-user.ts'

export type MethodDeps = {
  users: Pick<UserStore, 'find'>
  enrollments: Pick<EnrollmentStore, 'add' | 'find' | 'list' | 'remove' | 'removeAll'>
  random: Random
  clock: Clock
}

const methods = '/users/:id/authentication-methods'

const unknownMethod = () => notFound('The authentication method does not exist.')

const requireUser = async ({ users }: MethodDeps, tenant: Tenant, id: string): Promise<User> => {
  const user = await users.find(tenant.name, id)
  if (!user) throw unknownUser()
  return user
}

const factsOf = (body: CreateMethod, tenant: Tenant) => {
  switch (body.type) {
    case 'totp':
      return { type: body.type, secret: body.totp_secret.replace(/=+$/, '') }
    case 'phone':
      return { type: body.type, phoneNumber: body.phone_number, preferredMethod: body.preferred_authentication_method }
    case 'email':
      return { type: body.type, email: body.email }
    case 'webauthn-roaming':
      return {
        type: body.type,
        credentialId: body.key_id,
        publicKey: body.public_key,
        counter: 0,
        transports: [],
        relyingPartyId: body.relying_party_identifier ?? relyingPartyOf(tenant).id,
      }
  }
}

const newId = (random: Random, type: Enrollment['type']): string => `${type}|dev_${random.base62(16)}`

const createRoute = (app: Api, deps: MethodDeps) => {
  const { enrollments, random, clock } = deps
  const config = { scopes: ['create:authentication_methods'] }

  app.post(
    methods,
    { config, schema: { params: byUser, body: createMethod } },
    async ({ tenant, params, body }, reply) => {
      const { id: userId } = await requireUser(deps, tenant, params.id)
      const enrollment: Enrollment = {
        id: newId(random, body.type),
        userId,
        ...(body.name !== undefined && { name: body.name }),
        createdAt: clock.now(),
        ...factsOf(body, tenant),
      }
      await enrollments.add(tenant.name, enrollment)
      reply.code(201)
      return { ...toMethodAnswer(enrollment), ...(body.type === 'totp' && { totp_secret: body.totp_secret }) }
    },
  )
}

const readRoutes = (app: Api, deps: MethodDeps) => {
  const { enrollments } = deps
  const config = { scopes: ['read:authentication_methods'] }

  const listSchema = { params: byUser, querystring: z.strictObject(offsetPaging) }
  app.get(methods, { config, schema: listSchema }, async ({ tenant, params, query }) => {
    const user = await requireUser(deps, tenant, params.id)
    const all = await enrollments.list(tenant.name, user.id)
    return offsetList({ key: 'authenticators', all, toAnswer: toMethodAnswer }, query)
  })

  app.get(`${methods}/:method`, { config, schema: { params: byMethod } }, async ({ tenant, params }) => {
    const user = await requireUser(deps, tenant, params.id)
    const enrollment = await enrollments.find(tenant.name, user.id, params.method)
    if (!enrollment) throw unknownMethod()
    return toMethodAnswer(enrollment)
  })
}

const removeRoutes = (app: Api, deps: MethodDeps) => {
  const { enrollments } = deps
  const config = { scopes: ['delete:authentication_methods'] }

  app.delete(methods, { config, schema: { params: byUser } }, async ({ tenant, params }, reply) => {
    const user = await requireUser(deps, tenant, params.id)
    await enrollments.removeAll(tenant.name, user.id)
    return reply.code(204).send()
  })

  app.delete(`${methods}/:method`, { config, schema: { params: byMethod } }, async ({ tenant, params }, reply) => {
    const user = await requireUser(deps, tenant, params.id)
    if ((await enrollments.remove(tenant.name, user.id, params.method)) === 'unknown') throw unknownMethod()
    return reply.code(204).send()
  })
}

/** The only way to a recovery code through the API. Earlier codes of the user stop working. */
const recoveryRoute = (app: Api, deps: MethodDeps) => {
  const { enrollments, random, clock } = deps
  const options = { config: { scopes: ['update:users'] }, schema: { params: byUser } }

  app.post('/users/:id/recovery-code-regeneration', options, async ({ tenant, params }) => {
    const { id: userId } = await requireUser(deps, tenant, params.id)
    const code = mintRecoveryCode(random)
    const earlier = (await enrollments.list(tenant.name, userId)).filter(({ type }) => type === 'recovery-code')
    const id = newId(random, 'recovery-code')
    const codeHash = hashRecoveryCode(code)
    await enrollments.add(tenant.name, { id, userId, createdAt: clock.now(), type: 'recovery-code', codeHash })
    for (const { id: earlierId } of earlier) await enrollments.remove(tenant.name, userId, earlierId)
    return { recovery_code: formatRecoveryCode(code) }
  })
}

export const methodRoutes = (deps: MethodDeps) => async (app: Api) => {
  readRoutes(app, deps)
  createRoute(app, deps)
  removeRoutes(app, deps)
  recoveryRoute(app, deps)
}
