import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiApp, type ApiTenant, openApiApp, requestToken } from '../../../support/api-app.ts'
import { listManagementRoutes } from '../../../support/management-routes.ts'

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

/** What the vendor's tools ask for, for everything that makes up a reset. */
const asked = [
  ...['actions', 'users', 'authentication_methods', 'clients', 'roles', 'email_provider'],
  ...['organizations', 'connections', 'client_grants'],
].flatMap((resource) => ['create', 'read', 'update', 'delete'].map((verb) => `${verb}:${resource}`))
const askedToo = [
  ...['guardian_factors', 'mfa_policies', 'tenant_settings', 'branding', 'prompts'].flatMap((resource) => [
    `read:${resource}`,
    `update:${resource}`,
  ]),
  ...['create:email_templates', 'read:email_templates', 'update:email_templates'],
  ...['create', 'read', 'delete'].flatMap((verb) => [`${verb}:organization_members`, `${verb}:role_members`]),
  ...['create:user_tickets', 'read:logs', 'read:logs_users', 'create:guardian_enrollment_tickets'],
  'update:users_app_metadata',
]

test('the client a tenant starts with holds every scope that tools ask for, and every one of a route', async () => {
  const grant = { grant_type: 'client_credentials', ...tenant.client, audience: `http://${tenant.host}/api/v2/` }
  const token = (await requestToken(tenant.open, grant)).body
  const held = new Set(String(token.scope).split(' '))
  const ofRoutes = (await listManagementRoutes(app)).flatMap(({ scopes }) => scopes)
  const lacking = [...asked, ...askedToo, ...ofRoutes].filter((scope) => !held.has(scope))
  expect(lacking).toEqual([])
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
