import { afterAll, beforeAll, expect, test } from 'vitest'
import { requestLink, stepOf } from '../support/reset.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { createTenant, linkIn, type OutboxMessage, type TestTenant } from '../support/tenant.ts'

let server: RunningServer
let tenant: TestTenant

beforeAll(async () => {
  server = await startTestServer({ TRUST_PROXY: '127.0.0.1' })
  tenant = await createTenant(server)
  await tenant.operator.must('PATCH', `/operator/v1/tenants/${tenant.name}/limits`, { resetRequests: 2 })
})
afterAll(() => server.stop())

test('whoever asks from many addresses floods no mailbox, reads the same answer, and kills no link', async () => {
  const user = await tenant.addUser()
  for (let host = 1; host <= 5; host++) {
    const visitor = tenant.visitor()
    await visitor.get('/u/reset-password/request')
    const from = { 'x-forwarded-for': `203.0.113.${host}` }
    const answer = await visitor.submit('/u/reset-password/request', { email: user.email }, from)
    expect(stepOf(answer)).toBe('check-email')
  }
  // Asked for last, so sent last.
  await requestLink(tenant, (await tenant.addUser()).email)
  const { body } = await tenant.operator.call<OutboxMessage[]>('GET', '/dev/outbox.json')
  const mails = body.filter(({ to }) => to === user.email)
  expect(mails).toHaveLength(2)
  const [newest] = mails
  expect(newest && stepOf(await tenant.visitor().get(linkIn(newest)))).toBe('confirm-link')
})
