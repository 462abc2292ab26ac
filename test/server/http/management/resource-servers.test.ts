import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiApp, type ApiTenant, openApiApp } from '../../../support/api-app.ts'

let app: ApiApp
let tenant: ApiTenant
beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
})
afterAll(() => app.close())

test('the one API is the management API of the tenant, with every scope that a token for it can hold', async () => {
  const { body } = await tenant.call('GET', '/resource-servers')
  expect(body).toMatchObject([{ identifier: `http://${tenant.host}/api/v2/`, is_system: true, token_lifetime: 86_400 }])
  expect(body[0].scopes).toContainEqual({ value: 'create:actions' })
  const listed = await tenant.call('GET', '/resource-servers?include_totals=true&per_page=100')
  expect(listed.body).toMatchObject({ start: 0, limit: 100, total: 1, resource_servers: body })
})

test('it is found by its identifier, and nothing else is', async () => {
  const wanted = `identifiers=${encodeURIComponent(`http://${tenant.host}/api/v2/`)}`
  expect((await tenant.call('GET', `/resource-servers?identifiers=urn:other&${wanted}`)).body).toHaveLength(1)
  expect((await tenant.call('GET', '/resource-servers?identifiers=urn:other')).body).toEqual([])
})

test('who may read client grants may read what they are for', async () => {
  const reader = tenant.callAs(await tenant.tokenFor('read:client_grants'))
  expect((await reader('GET', '/resource-servers')).status).toBe(200)
  const other = tenant.callAs(await tenant.tokenFor('read:users'))
  expect((await other('GET', '/resource-servers')).body.errorCode).toBe('insufficient_scope')
})
