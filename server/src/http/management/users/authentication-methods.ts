/** `/users/{id}/authentication-methods`: the factors a user has, confirmed as soon as they are made here. */
import { z } from 'zod'
import type { Clock, Random } from '../../../ports.ts'
import { effectiveLimits } from '../../../tenants/limits.ts'
import type { EnrollmentStore } from '../../../users/enrollment.ts'
import type { UserStore } from '../../../users/user-store.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { noBody } from '../../wire-answer.ts'
import { invalidBody, notFound } from '../../wire-problem.ts'
import { overLimit } from '../over-limit.ts'
import { offsetList, offsetListOf, offsetPaging } from '../paging.ts'
import { methodAnswer, newMethodAnswer, toMethodAnswer } from './method-answer.ts'
import { byMethod, byUser, type CreateMethod, createMethod, editMethod, replaceMethods } from './method-schema.ts'
import { requireUser } from './require-user.ts'
import { toEnrollment } from './to-enrollment.ts'

export type MethodDeps = {
  users: Pick<UserStore, 'find'>
  enrollments: Pick<EnrollmentStore, 'add' | 'edit' | 'find' | 'list' | 'remove' | 'removeAll' | 'replace'>
  random: Random
  clock: Clock
}

const unknownMethod = () => notFound('The authentication method does not exist.')

/** The seed of an app, once. */
const newAnswer = (enrollment: ReturnType<typeof toEnrollment>, body: CreateMethod) => ({
  ...toMethodAnswer(enrollment),
  ...(body.type === 'totp' && { totp_secret: body.totp_secret }),
})

const createRoutes = (app: Api, deps: MethodDeps) => {
  const createOptions = {
    config: { scopes: ['create:authentication_methods'] },
    schema: { summary: 'A new factor', params: byUser, body: createMethod, response: { 201: newMethodAnswer } },
  }
  app.post('/users/:id/authentication-methods', createOptions, async ({ tenant, params, body }, reply) => {
    const { id: userId } = await requireUser(deps, tenant, params.id)
    const enrollment = toEnrollment(deps, { tenant, userId }, body)
    const most = effectiveLimits(tenant).factorsPerUser
    const added = await deps.enrollments.add(tenant.name, enrollment, { most })
    if (added === 'too-many') throw overLimit(tenant, 'factorsPerUser')
    reply.code(201)
    return newAnswer(enrollment, body)
  })

  const replaceOptions = {
    config: { scopes: ['update:authentication_methods'] },
    schema: {
      summary: 'Other factors in place of all that the user has',
      params: byUser,
      body: replaceMethods,
      response: { 200: z.array(newMethodAnswer) },
    },
  }
  app.put('/users/:id/authentication-methods', replaceOptions, async ({ tenant, params, body }) => {
    const { id: userId } = await requireUser(deps, tenant, params.id)
    const made = body.map((method) => ({ method, enrollment: toEnrollment(deps, { tenant, userId }, method) }))
    const by = made.map(({ enrollment }) => enrollment)
    const most = effectiveLimits(tenant).factorsPerUser
    const replaced = await deps.enrollments.replace(tenant.name, userId, { of: 'every-type', by, most })
    if (replaced === 'too-many') throw overLimit(tenant, 'factorsPerUser')
    return made.map(({ enrollment, method }) => newAnswer(enrollment, method))
  })
}

const readRoutes = (app: Api, deps: MethodDeps) => {
  const config = { scopes: ['read:authentication_methods'] }

  const listSchema = {
    summary: 'The user’s factors',
    params: byUser,
    querystring: z.strictObject(offsetPaging),
    response: { 200: offsetListOf('authenticators', methodAnswer) },
  }
  app.get('/users/:id/authentication-methods', { config, schema: listSchema }, async ({ tenant, params, query }) => {
    const user = await requireUser(deps, tenant, params.id)
    const all = await deps.enrollments.list(tenant.name, user.id)
    return offsetList({ key: 'authenticators', all, toAnswer: toMethodAnswer }, query)
  })

  const schema = { summary: 'One of the user’s factors', params: byMethod, response: { 200: methodAnswer } }
  app.get('/users/:id/authentication-methods/:method', { config, schema }, async ({ tenant, params }) => {
    const user = await requireUser(deps, tenant, params.id)
    const enrollment = await deps.enrollments.find(tenant.name, user.id, params.method)
    if (!enrollment) throw unknownMethod()
    return toMethodAnswer(enrollment)
  })
}

const editRoute = (app: Api, deps: MethodDeps) => {
  const options = {
    config: { scopes: ['update:authentication_methods'] },
    schema: { summary: 'Changes one of them', params: byMethod, body: editMethod, response: { 200: methodAnswer } },
  }
  app.patch('/users/:id/authentication-methods/:method', options, async ({ tenant, params, body }) => {
    const user = await requireUser(deps, tenant, params.id)
    const stored = await deps.enrollments.find(tenant.name, user.id, params.method)
    if (!stored) throw unknownMethod()
    const { name, preferred_authentication_method: preferredMethod } = body
    if (preferredMethod !== undefined && stored.type !== 'phone') {
      throw invalidBody(`A method of the type ${stored.type} has no preference`, 'preferred_authentication_method')
    }
    const patch = { ...(name !== undefined && { name }), ...(preferredMethod !== undefined && { preferredMethod }) }
    const edited = await deps.enrollments.edit(tenant.name, user.id, params.method, patch)
    if (!edited) throw unknownMethod()
    return toMethodAnswer(edited)
  })
}

const removeRoutes = (app: Api, deps: MethodDeps) => {
  const config = { scopes: ['delete:authentication_methods'] }
  const allSchema = { summary: 'Takes all of the user’s factors away', params: byUser, response: { 204: noBody } }

  app.delete('/users/:id/authentication-methods', { config, schema: allSchema }, async ({ tenant, params }, reply) => {
    const user = await requireUser(deps, tenant, params.id)
    await deps.enrollments.removeAll(tenant.name, user.id)
    return reply.code(204).send()
  })

  app.delete('/users/:id/authenticators', { config, schema: allSchema }, async ({ tenant, params }, reply) => {
    const user = await requireUser(deps, tenant, params.id)
    await deps.enrollments.removeAll(tenant.name, user.id)
    return reply.code(204).send()
  })

  const schema = { summary: 'Takes one of them away', params: byMethod, response: { 204: noBody } }
  app.delete('/users/:id/authentication-methods/:method', { config, schema }, async ({ tenant, params }, reply) => {
    const user = await requireUser(deps, tenant, params.id)
    const removed = await deps.enrollments.remove(tenant.name, user.id, params.method)
    if (removed === 'unknown') throw unknownMethod()
    return reply.code(204).send()
  })
}

export const methodRoutes = (deps: MethodDeps) => async (app: Api) => {
  readRoutes(app, deps)
  createRoutes(app, deps)
  editRoute(app, deps)
  removeRoutes(app, deps)
}
