import Fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { wireErrors } from '../../../../server/src/http/plugins/wire-errors.ts'
import { type Api, zodSchemas } from '../../../../server/src/http/plugins/zod-schemas.ts'

const user = z.object({ name: z.string(), identities: z.array(z.object({ provider: z.string() })) })
const stored = { name: 'Ada', passwordHash: 'hunter2', identities: [{ provider: 'auth0', token: 'hunter2' }] }

const routes = () => async (app: Api) => {
  app.get('/user', { schema: { response: { 200: user } } }, async () => stored)
  app.get('/users', { schema: { response: { 200: z.array(user.partial()) } } }, async () => [stored])
  const broken = { ...stored, name: ['hunter2'] } as unknown as typeof stored
  app.get('/broken', { schema: { response: { 200: user } } }, async () => broken)
}

let app: FastifyInstance
beforeAll(async () => {
  app = Fastify()
  await app.register(wireErrors)
  await app.register(zodSchemas)
  await app.register(routes())
})
afterAll(() => app.close())

test('what the schema of an answer does not name stays in the server', async () => {
  const shown = { name: 'Ada', identities: [{ provider: 'auth0' }] }
  expect((await app.inject('/user')).json()).toEqual(shown)
  expect((await app.inject('/users')).json()).toEqual([shown])
})

test('an answer that does not fit its schema is a 500 that holds nothing of it', async () => {
  const { statusCode, body } = await app.inject('/broken')
  expect(statusCode).toBe(500)
  expect(body).not.toContain('hunter2')
})
