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

/** Asks as a browser does, and answers with the page's step. */
const asking =
  (of: TestTenant) =>
  async (email: string, ip: string): Promise<string | undefined> => {
    const visitor = of.visitor()
    await visitor.get('/u/reset-password/request')
    return stepOf(await visitor.submit('/u/reset-password/request', { email }, { 'x-forwarded-for': ip }))
  }

const withLimits = async (limits: object) => {
  const own = await createTenant(server)
  await own.operator.must('PATCH', `/operator/v1/tenants/${own.name}/limits`, limits)
  return asking(own)
}

test('one client that asks for the links of many is stopped, whoever they are; others are not', async () => {
  const ask = await withLimits({ resetsPerIp: 3 })
  for (const name of ['a', 'b', 'c']) expect(await ask(`${name}@example.com`, '203.0.113.7')).toBe('check-email')
  expect(await ask('d@example.com', '203.0.113.7')).toBe('request')
  expect(await ask('d@example.com', '203.0.113.8')).toBe('check-email')
  for (const host of [1, 2, 3]) expect(await ask(`${host}@example.com`, `2001:db8::${host}`)).toBe('check-email')
  expect(await ask('4@example.com', '2001:db8::4')).toBe('request')
  server.advanceClock(600_000 / 3)
  expect(await ask('d@example.com', '203.0.113.7')).toBe('check-email')
})

test('many clients that ask for one address are stopped, and for others they may go on', async () => {
  const ask = await withLimits({ resetsPerAddress: 3 })
  for (const host of [1, 2, 3]) expect(await ask('Ada@example.com', `203.0.113.${host}`)).toBe('check-email')
  expect(await ask('ada@example.com', '203.0.113.4')).toBe('request')
  expect(await ask('bob@example.com', '203.0.113.4')).toBe('check-email')
})
