/** What is set by API is what an action sees. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { bindTeller, eventOfTicket } from '../support/seen-event.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { createTenant, type TenantUser, type TestTenant } from '../support/tenant.ts'

let server: RunningServer
let tenant: TestTenant
let user: TenantUser

beforeAll(async () => {
  server = await startTestServer()
  tenant = await createTenant(server)
  await bindTeller(tenant)
})
afterAll(() => server.stop())
beforeEach(async () => {
  user = await tenant.addUser()
})

const createRole = async (name: string): Promise<string> =>
  (await tenant.api.must<{ id: string }>('POST', '/api/v2/roles', { name })).id

test('the names of the user’s roles, as they are now', async () => {
  expect((await eventOfTicket(tenant, user)).authorization).toEqual({ roles: [] })
  const path = `/api/v2/users/${encodeURIComponent(user.user_id)}/roles`
  const [reader, writer] = [await createRole('Reader'), await createRole('Writer & more')]
  await tenant.api.must('POST', path, { roles: [reader, writer] })
  expect((await eventOfTicket(tenant, user)).authorization).toEqual({ roles: ['Reader', 'Writer & more'] })
  await tenant.api.must('PATCH', `/api/v2/roles/${writer}`, { name: 'Author' })
  await tenant.api.must('DELETE', path, { roles: [reader] })
  expect((await eventOfTicket(tenant, user)).authorization).toEqual({ roles: ['Author'] })
})
