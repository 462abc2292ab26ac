/** Codes by the operator's own gateway: what it takes reaches the phone, what it does not is told in the tenant's log. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { onExecute } from '../support/actions.ts'
import { openReset, stepOf } from '../support/reset.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { createTenant, type TestTenant } from '../support/tenant.ts'

interface Message {
  tenant: string
  to: string
  via: string
  text: string
}

const messages: Message[] = []
let status = 202
let gateway: Server
let server: RunningServer
let tenant: TestTenant

beforeAll(async () => {
  gateway = createServer(async (request, response) => {
    messages.push((await json(request)) as Message)
    response.writeHead(status).end()
  }).listen(0, '127.0.0.1')
  await once(gateway, 'listening')
  const { port } = gateway.address() as AddressInfo
  server = await startTestServer({ PHONE_WEBHOOK_URL: `http://127.0.0.1:${port}/send` })
  tenant = await createTenant(server)
  await tenant.enable('sms')
  await tenant.bind(onExecute("api.authentication.challengeWith({ type: 'phone' })"))
})
afterAll(async () => {
  await server.stop()
  gateway.close()
})

const phone = '+15550100199'

const openWith = async (preferred_authentication_method: string) => {
  const user = await tenant.addUser()
  const path = `/api/v2/users/${encodeURIComponent(user.user_id)}/authentication-methods`
  await tenant.api.must('POST', path, { type: 'phone', phone_number: phone, preferred_authentication_method })
  return { user, ...(await openReset(tenant, user)) }
}

/** Told in the background: waits until one of these is. */
const toldOf = async (email: string, ...types: string[]): Promise<string | undefined> => {
  const query = new URLSearchParams({ q: `user_name:"${email}"`, per_page: '100' })
  let told: string | undefined
  await expect
    .poll(async () => {
      const entries = await tenant.api.must<{ type: string }[]>('GET', `/api/v2/logs?${query}`)
      told = entries.map(({ type }) => type).find((type) => types.includes(type))
      return told
    })
    .toBeDefined()
  return told
}

test.each(['sms', 'voice'])('what the gateway takes by %s proves the phone, and is told as sent', async (via) => {
  status = 202
  const { user, visitor, page } = await openWith(via)
  expect(stepOf(page)).toBe('challenge')
  expect(await toldOf(user.email, `gd_send_${via}`, `gd_send_${via}_failure`)).toBe(`gd_send_${via}`)
  const message = messages.at(-1)
  expect(message).toMatchObject({ tenant: tenant.name, to: phone, via })
  const [code = ''] = /\b\d(?:, )?\d(?:, )?\d(?:, )?\d(?:, )?\d(?:, )?\d\b/.exec(message?.text ?? '') ?? []
  const next = await visitor.submit('/u/reset-password/challenge', { code: code.replaceAll(', ', '') })
  expect(stepOf(next)).toBe('new-password')
})

test.each(['sms', 'voice'])('what it does not take by %s is told, and the reset goes no further', async (via) => {
  status = 503
  const { user, visitor } = await openWith(via)
  expect(await toldOf(user.email, `gd_send_${via}`, `gd_send_${via}_failure`)).toBe(`gd_send_${via}_failure`)
  expect(stepOf(await visitor.get('/u/reset-password/step'))).toBe('challenge')
})
