/** Links that a tenant's own program makes and hands to the user. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { onExecute } from '../support/actions.ts'
import { choosePassword, requestLink } from '../support/reset.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { createTenant, type TenantUser, type TestTenant } from '../support/tenant.ts'
import type { Page, Visitor } from '../support/visitor.ts'

let server: RunningServer
let tenant: TestTenant
let user: TenantUser

beforeAll(async () => {
  server = await startTestServer()
  tenant = await createTenant(server)
})
afterAll(() => server.stop())
beforeEach(async () => {
  await tenant.bind()
  user = await tenant.addUser({ email_verified: false })
})

const open = async (order: Record<string, unknown>): Promise<{ visitor: Visitor; page: Page }> => {
  const { ticket } = await tenant.api.must<{ ticket: string }>('POST', '/api/v2/tickets/password-change', {
    user_id: user.user_id,
    ...order,
  })
  const visitor = tenant.visitor()
  await visitor.get(`/u/reset-password${new URL(ticket).search}`)
  return { visitor, page: await visitor.submit('/u/reset-password') }
}

const isVerified = async (): Promise<unknown> =>
  (await tenant.api.must<{ email_verified: boolean }>('GET', `/api/v2/users/${encodeURIComponent(user.user_id)}`))
    .email_verified

const doneLink = (page: Page): string | undefined =>
  page.document
    .querySelectorAll('a')
    .map((link) => link.getAttribute('href'))
    .find((href) => href?.startsWith('https://shop.example/'))

test('the done page leads to the result URL, with the address where the caller wants it', async () => {
  const plain = await open({ result_url: 'https://shop.example/done?from=reset' })
  expect(doneLink(await choosePassword(plain.visitor))).toBe('https://shop.example/done?from=reset')

  const told = await open({ result_url: 'https://shop.example/done?from=reset', includeEmailInRedirect: true })
  const email = encodeURIComponent(user.email)
  expect(doneLink(await choosePassword(told.visitor))).toBe(`https://shop.example/done?from=reset&email=${email}`)
})

test("an action's result URL takes the place of the caller's", async () => {
  await tenant.bind(onExecute("api.transaction.setResultUrl('https://shop.example/by-action')"))
  const { visitor } = await open({ result_url: 'https://shop.example/by-caller' })
  expect(doneLink(await choosePassword(visitor))).toBe('https://shop.example/by-action')
})

test('actions see the application the link was made for, else the first one of the tenant', async () => {
  const { client_id } = await tenant.api.must<{ client_id: string }>('POST', '/api/v2/clients', { name: 'Forum' })
  await tenant.bind(onExecute("api.access.deny('for ' + event.client.name + ' ' + event.client.client_id)"))
  expect((await open({ client_id })).page.text).toContain(`for Forum ${client_id}`)
  expect((await open({})).page.text).toContain(`for Shop ${tenant.clientId}`)
})

test('actions see the organization that the link was made on behalf of', async () => {
  const created = { name: 'acme', display_name: 'Acme Inc.', metadata: { plan: 'gold' } }
  const { id } = await tenant.api.must<{ id: string }>('POST', '/api/v2/organizations', created)
  await tenant.api.must('POST', `/api/v2/organizations/${id}/members`, { members: [user.user_id] })
  await tenant.bind(onExecute("api.access.deny('for ' + JSON.stringify(event.organization ?? 'nobody'))"))
  expect((await open({ organization_id: id })).page.text).toContain(`for ${JSON.stringify({ id, ...created })}`)
  expect((await open({})).page.text).toContain('for "nobody"')
})

test('the way on after a reset on behalf of an organization says so', async () => {
  const { id } = await tenant.api.must<{ id: string }>('POST', '/api/v2/organizations', { name: 'globex' })
  await tenant.api.must('POST', `/api/v2/organizations/${id}/members`, { members: [user.user_id] })
  const client = { name: 'Portal', initiate_login_uri: 'https://shop.example/login?from=reset' }
  const { client_id } = await tenant.api.must<{ client_id: string }>('POST', '/api/v2/clients', client)
  const finish = async (order: object) => doneLink(await choosePassword((await open({ client_id, ...order })).visitor))
  expect(await finish({})).toBe(client.initiate_login_uri)
  const wayOn = await finish({ organization_id: id })
  expect(wayOn).toBe(`${client.initiate_login_uri}&organization_id=${id}&organization_name=globex`)
})

test('the address becomes verified only where the caller says that the link proves it', async () => {
  await choosePassword((await open({})).visitor)
  expect(await isVerified()).toBe(false)
  await choosePassword((await open({ mark_email_as_verified: true })).visitor)
  expect(await isVerified()).toBe(true)
})

test('an enrolment link resets nothing', async () => {
  const { ticket_url } = await tenant.api.must<{ ticket_url: string }>('POST', '/api/v2/guardian/enrollments/ticket', {
    user_id: user.user_id,
  })
  const { search } = new URL(ticket_url)
  const visitor = tenant.visitor()
  expect((await visitor.get(`/u/reset-password${search}`)).status).toBe(410)

  await visitor.get(await requestLink(tenant, user.email))
  const ticket = new URLSearchParams(search).get('ticket') ?? ''
  expect((await visitor.submit('/u/reset-password', { ticket })).status).toBe(410)
})

test('a link opened where it does not belong is refused there, and still works where it does', async () => {
  const reset = await requestLink(tenant, user.email)
  const enrolment = await tenant.api.must<{ ticket_url: string }>('POST', '/api/v2/guardian/enrollments/ticket', {
    user_id: user.user_id,
  })
  const ticketOf = (link: string): string => new URL(link, 'http://any').searchParams.get('ticket') ?? ''
  const pressButtonWith = async (page: string, action: string, ticket: string): Promise<number> => {
    const visitor = tenant.visitor()
    await visitor.get(page)
    return (await visitor.submit(action, { ticket })).status
  }
  const enrolmentPage = `/u/enroll${new URL(enrolment.ticket_url).search}`
  expect(await pressButtonWith(enrolmentPage, '/u/enroll', ticketOf(reset))).toBe(410)
  expect(await pressButtonWith(reset, '/u/reset-password', ticketOf(enrolment.ticket_url))).toBe(410)
  expect(await pressButtonWith(enrolmentPage, '/u/enroll', ticketOf(enrolment.ticket_url))).toBe(200)
  expect(await pressButtonWith(reset, '/u/reset-password', ticketOf(reset))).toBe(200)
})

/** Last: the clock goes forward for whoever comes after. */
test('a link lives as long as its maker says, or five days', async () => {
  const day = 86_400_000
  const mint = async (ttl: object) => {
    const { user_id } = await tenant.addUser()
    const order = { user_id, ...ttl }
    const { ticket } = await tenant.api.must<{ ticket: string }>('POST', '/api/v2/tickets/password-change', order)
    return `/u/reset-password${new URL(ticket).search}`
  }
  const links = [
    await mint({ ttl_sec: 60 }),
    await mint({ ttl_sec: 0 }),
    await mint({}),
    await mint({ ttl_sec: 864_000 }),
  ]
  const statuses = async () => {
    const pages = await Promise.all(links.map((link) => tenant.visitor().get(link)))
    return pages.map(({ status }) => status)
  }
  expect(await statuses()).toEqual([200, 200, 200, 200])
  server.advanceClock(61_000)
  expect(await statuses()).toEqual([410, 200, 200, 200])
  server.advanceClock(5 * day - 120_000)
  expect(await statuses()).toEqual([410, 200, 200, 200])
  server.advanceClock(120_000)
  expect(await statuses()).toEqual([410, 410, 410, 200])
})
