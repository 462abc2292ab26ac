import { afterAll, beforeAll, expect, test } from 'vitest'
import { onBoth } from '../support/actions.ts'
import { openReset, stepOf } from '../support/reset.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { createTenant, type TestTenant } from '../support/tenant.ts'
import type { Visitor } from '../support/visitor.ts'

let server: RunningServer
let tenant: TestTenant
let visitor: Visitor

beforeAll(async () => {
  server = await startTestServer()
  tenant = await createTenant(server)
  visitor = tenant.visitor()
  await visitor.get('/u/reset-password/request')
})
afterAll(() => server.stop())

/** What takes the server long to check field by field. */
const manyFields = Object.fromEntries(Array.from({ length: 40_000 }, (_, index) => [`f${index}`, '']))

test('a form larger than any of ours is refused before its fields are looked at', async () => {
  const refused = await visitor.submit('/u/reset-password/request', { email: 'ada@example.com', ...manyFields })
  expect(refused.status).toBe(400)
  expect(stepOf(refused)).toBe('problem')
})

test.each(['/%E0%A4%A', '/u/reset-password/%', '/u/%C0%AE%C0%AE/'])(
  'an address whose escapes make no text shows a page like any other that is not there: %s',
  async (path) => {
    const page = await visitor.get(path)
    expect([page.status, stepOf(page)]).toEqual([404, 'problem'])
    expect(page.headers['content-security-policy']).toBeDefined()
  },
)

test('the management API answers such an address in its own form', async () => {
  const answer = await tenant.api.call('GET', '/api/v2/users/%E0%A4%A')
  expect(answer.body).toMatchObject({ statusCode: 404 })
})

test('so is one that is posted to the way back from an outside page', async () => {
  await tenant.bind(onBoth(`api.redirect.sendUserTo('https://out.example/')`, ''))
  const { visitor: away, page } = await openReset(tenant, await tenant.addUser())
  const state = new URL(page.leftFor ?? '').searchParams.get('state') ?? ''
  expect((await away.post('/continue', { state, ...manyFields })).status).toBe(400)
  expect(stepOf(await away.get(`/continue?state=${state}`))).toBe('new-password')
})

test.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'application/xml'])(
  'the pages take forms and nothing else: not %s',
  async (contentType) => {
    const page = await visitor.post(
      '/u/reset-password/request',
      { email: 'ada@example.com' },
      { 'content-type': contentType },
    )
    expect(page.status).toBe(400)
    expect(stepOf(page)).toBe('problem')
  },
)

test('no other site can frame a page', async () => {
  const { headers } = await visitor.get('/u/reset-password/request')
  expect(headers['x-frame-options']).toBe('DENY')
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
})
