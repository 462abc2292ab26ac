import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiApp, openApiApp } from '../../../support/api-app.ts'

let app: ApiApp
beforeAll(async () => {
  app = await openApiApp()
})
afterAll(() => app.close())

test('the node tells what its sandbox takes and may take', async () => {
  const { body } = await app.operator('GET', '/nodes')
  expect(body).toEqual({
    nodes: [
      {
        processes: 0,
        processes_leaving: 0,
        processes_evicted: 0,
        runs_under_way: 0,
        runs_waiting: 0,
        memory_bytes: expect.any(Number),
        memory_limit_bytes: expect.any(Number),
      },
    ],
  })
})

test('a tenant that has run nothing uses nothing', async () => {
  const { name } = await app.createTenant()
  expect((await app.operator('GET', `/tenants/${name}/usage`)).body).toEqual({
    ...{ processes: 0, processes_leaving: 0, runs_under_way: 0, runs_waiting: 0, memory_bytes: 0 },
  })
})

test('a tenant that does not exist uses nothing that could be told', async () => {
  expect((await app.operator('GET', '/tenants/nobody/usage')).status).toBe(404)
})
