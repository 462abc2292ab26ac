/** What a tenant's log says of whole journeys, and what neither it nor the server's own log ever says. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openSqlite } from '../../server/src/stores/sql/database.ts'
import { onExecute } from '../support/actions.ts'
import { createAuthenticator } from '../support/authenticator.ts'
import { choosePassword, openReset, stepOf } from '../support/reset.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { freePort } from '../support/services.ts'
import { codeIn, createTenant, linkIn, type TenantUser, type TestTenant } from '../support/tenant.ts'
import { until } from '../support/until.ts'
import type { Visitor } from '../support/visitor.ts'

let dataDir: string
let server: ServerProcess
let tenant: TestTenant
/** Whatever proves somebody to be somebody, as it comes up. */
const secrets: string[] = []
const secret = <Text extends string>(text: Text): Text => {
  secrets.push(text)
  return text
}

const newPassword = 'marked-new-password-4711'

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'interlock-logs-'))
  server = await startServerProcess({ port: await freePort(), dataDir, environment: { LOG_LEVEL: 'debug' } })
  tenant = await createTenant(server)
  await tenant.enable('otp', 'sms', 'email', 'recovery-code', 'webauthn-roaming')
  const source = onExecute(`
    const { ask } = event.user.user_metadata
    if (ask === 'loop') for (;;);
    if (ask === 'throw') throw new TypeError('as agreed')
    if (ask === 'deny') return api.access.deny('not today')
    if (ask) api.authentication.challengeWith({ type: ask })`)
  await tenant.bind({ ...source, secrets: [{ name: 'KEY', value: secret('marked-action-secret-4712') }] })
})
afterAll(async () => {
  await server.kill()
  await rm(dataDir, { recursive: true, force: true })
})

interface Entry {
  type: string
  description: string
  user_name?: string
  details?: Record<string, unknown>
}

const userPath = (user: TenantUser) => `/api/v2/users/${encodeURIComponent(user.user_id)}`

/** Of the user's own moves, in their order. */
const toldOf = async ({ email }: { email: string }): Promise<Entry[]> => {
  const query = new URLSearchParams({ q: `user_name:"${email}"`, sort: 'date:1', per_page: '100' })
  return tenant.api.must<Entry[]>('GET', `/api/v2/logs?${query}`)
}
const typesOf = async (user: { email: string }) => (await toldOf(user)).map(({ type }) => type)

const addUser = (ask?: string) =>
  tenant.addUser({ password: secret('marked-old-password-4713'), ...(ask && { user_metadata: { ask } }) })

const open = async (user: TenantUser): Promise<Visitor> => {
  const { visitor, link } = await openReset(tenant, user)
  secret(link.split('ticket=')[1] ?? '')
  for (const value of visitor.cookies.values()) secret(value)
  return visitor
}

const answer = (visitor: Visitor, code: string) => visitor.submit('/u/reset-password/challenge', { code })

const sentCode = async (to: string) => secret(codeIn(await tenant.nextMessage(to)))

test('a reset with a mail code: from asking for it to the new password, each with its execution', async () => {
  const user = await addUser('email')
  const visitor = await open(user)
  const code = await sentCode(user.email)
  await answer(visitor, secret(code === '473829' ? '473828' : '473829'))
  await answer(visitor, code)
  await visitor.submit('/u/reset-password/password', { password: 'short', confirmation: 'short' })
  expect(stepOf(await choosePassword(visitor, secret(newPassword)))).toBe('done')

  const told = await toldOf(user)
  const expected = ['scpr', 'gd_start_auth', 'gd_send_email', 'gd_auth_failed', 'gd_auth_succeed', 'fcp', 'scp']
  expect(told.map(({ type }) => type).toSorted()).toEqual(expected.toSorted())
  expect(told.map(({ type }) => type).at(-1)).toBe('scp')
  const done = told.at(-1)
  expect(done).toMatchObject({
    user_name: user.email,
    user_id: user.user_id,
    client_name: 'Shop',
    client_id: tenant.clientId,
    connection: 'Username-Password-Authentication',
    connection_id: expect.stringMatching(/^con_/),
    strategy: 'auth0',
    strategy_type: 'database',
    ip: '127.0.0.1',
    details: { email: user.email, actions: { executions: [expect.any(String)] } },
  })
  expect(told.find(({ type }) => type === 'fcp')).toMatchObject({ details: { reason: 'too-short' } })
  const { executions } = (done?.details?.actions ?? { executions: [] }) as { executions: string[] }
  expect(await tenant.api.must('GET', `/api/v2/actions/executions/${executions[0]}`)).toMatchObject({
    id: executions[0],
    trigger_id: 'password-reset-post-challenge',
    status: 'final',
    results: [{ action_name: expect.any(String), started_at: expect.any(String), ended_at: expect.any(String) }],
  })
})

test('an action that throws, and one that denies', async () => {
  const [thrown, denied] = [await addUser('throw'), await addUser('deny')]
  await open(thrown)
  await open(denied)
  expect((await typesOf(thrown)).toSorted()).toEqual(['actions_execution_failed', 'fcp', 'scpr'])
  expect((await typesOf(denied)).toSorted()).toEqual(['fcp', 'scpr'])
  const failed = (await toldOf(thrown)).find(({ type }) => type === 'actions_execution_failed')
  expect(failed).toMatchObject({
    description: 'TypeError: as agreed',
    details: {
      trigger_id: 'password-reset-post-challenge',
      execution_id: expect.any(String),
      action_id: expect.any(String),
      action_name: expect.any(String),
      version_id: expect.any(String),
      binding_id: expect.any(String),
      error_class: 'action_error',
      action_error: { name: 'TypeError', message: 'as agreed', stack: expect.stringContaining('as agreed') },
    },
  })
  const id = String(failed?.details?.execution_id)
  expect(await tenant.api.must('GET', `/api/v2/actions/executions/${id}`)).toMatchObject({ id, status: 'partial' })
  expect((await toldOf(denied)).find(({ type }) => type === 'fcp')).toMatchObject({
    description: 'An action denied: not today',
    details: { reason: 'denied', actions: { executions: [expect.any(String)] } },
  })
})

test('an action that never ends is a time-out, and a run too many a limit of the rate', async () => {
  const classOf = async (user: TenantUser) =>
    (await toldOf(user)).find(({ type }) => type === 'actions_execution_failed')?.details?.error_class
  const limits = (body: Record<string, number | null>) =>
    tenant.operator.must('PATCH', `/operator/v1/tenants/${tenant.name}/limits`, body)
  await limits({ cpuMs: 50, runsPerMinute: 1 })
  const endless = await addUser('loop')
  await open(endless)
  await limits({ cpuMs: null })
  const throttled = await addUser('deny')
  await open(throttled)
  await limits({ runsPerMinute: null })
  expect(await classOf(endless)).toBe('action_timeout')
  expect(await classOf(throttled)).toBe('rate_limited')
})

test('an address nobody has, and a user who is blocked', async () => {
  const blocked = await tenant.addUser({ blocked: true })
  const visitor = tenant.visitor()
  for (const email of ['nobody@example.com', blocked.email]) {
    await visitor.get('/u/reset-password/request')
    await visitor.submit('/u/reset-password/request', { email })
  }
  const body = { client_id: tenant.clientId, email: 'nobody@example.com' }
  // The answer is a text: what it says is no JSON.
  await tenant.api.call('POST', '/dbconnections/change_password', body).catch(() => {})
  const [first, second] = await until('both entries', async () => {
    const entries = await toldOf({ email: 'nobody@example.com' })
    return entries.length > 1 && entries
  })
  expect(first).toMatchObject({ type: 'fcpr', description: 'Nobody has this address' })
  expect(second).toMatchObject({ type: 'fcpr', client_id: tenant.clientId, details: { body } })
  expect(await toldOf(blocked)).toMatchObject([{ type: 'fcpr', description: 'The user is blocked' }])
})

test('texts, calls, recovery codes, and too many wrong codes', async () => {
  const phone = { type: 'phone', phone_number: '+15550104714' }
  const texted = await addUser('phone')
  await tenant.api.must('POST', `${userPath(texted)}/authentication-methods`, phone)
  await answer(await open(texted), await sentCode(phone.phone_number))
  expect(await typesOf(texted)).toEqual(expect.arrayContaining(['gd_send_sms', 'gd_auth_succeed']))
  const sent = (await toldOf(texted)).find(({ type }) => type === 'gd_send_sms')
  expect(sent?.details).toEqual({
    authenticator: { type: 'sms', id: expect.stringMatching(/^phone\|/), phone_number: expect.stringMatching(/14$/) },
  })
  expect(JSON.stringify(sent)).not.toContain(phone.phone_number)

  const called = await addUser('phone')
  const voice = { ...phone, preferred_authentication_method: 'voice' }
  await tenant.api.must('POST', `${userPath(called)}/authentication-methods`, voice)
  await open(called)
  expect(await typesOf(called)).toContain('gd_send_voice')

  const lost = await addUser('recovery-code')
  const path = `${userPath(lost)}/recovery-code-regeneration`
  const { recovery_code } = await tenant.api.must<{ recovery_code: string }>('POST', path)
  const visitor = await open(lost)
  await answer(visitor, secret('MARKED-WRONG-RECOVERY-4715'))
  await answer(visitor, secret(recovery_code))
  expect(await typesOf(lost)).toEqual(expect.arrayContaining(['gd_recovery_failed', 'gd_recovery_succeed']))

  await tenant.operator.must('PATCH', `/operator/v1/tenants/${tenant.name}/limits`, { wrongCodes: 3 })
  const guessed = await addUser('otp')
  const seed = secret('KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU')
  await tenant.api.must('POST', `${userPath(guessed)}/authentication-methods`, { type: 'totp', totp_secret: seed })
  const guesser = await open(guessed)
  for (const code of ['000000', '000000', '000000', '000000']) await answer(guesser, code)
  const types = await typesOf(guessed)
  expect(types.filter((type) => type === 'gd_auth_failed')).toHaveLength(3)
  expect(types.slice(-2).toSorted()).toEqual(['fcp', 'gd_otp_rate_limit_exceed'])
})

test('a security key that proves nothing, and too many wrong recovery codes', async () => {
  const keyed = await addUser('webauthn-roaming')
  const { credentialId, publicKey } = createAuthenticator()
  const key = { type: 'webauthn-roaming', key_id: credentialId, public_key: publicKey }
  await tenant.api.must('POST', `${userPath(keyed)}/authentication-methods`, key)
  const visitor = await open(keyed)
  await visitor.submit('/u/reset-password/challenge', { response: '' })
  const failed = (await toldOf(keyed)).find(({ type }) => type === 'gd_webauthn_challenge_failed')
  expect(failed?.details).toMatchObject({ authenticator: { type: 'webauthn-roaming' } })

  await tenant.operator.must('PATCH', `/operator/v1/tenants/${tenant.name}/limits`, { wrongCodes: 3 })
  const lost = await addUser('recovery-code')
  await tenant.api.must('POST', `${userPath(lost)}/recovery-code-regeneration`)
  const guesser = await open(lost)
  for (let tries = 0; tries < 4; tries += 1) await answer(guesser, 'WRONG-RECOVERY-CODE')
  const types = await typesOf(lost)
  expect(types.filter((type) => type === 'gd_recovery_failed')).toHaveLength(3)
  expect(types.slice(-2).toSorted()).toEqual(['fcp', 'gd_recovery_rate_limit_exceed'])
})

test('what a user enrols', async () => {
  const user = await addUser()
  const body = { user_id: user.user_id, send_mail: true }
  const { ticket_url } = await tenant.api.must<{ ticket_url: string }>(
    'POST',
    '/api/v2/guardian/enrollments/ticket',
    body,
  )
  secret(ticket_url.split('ticket=')[1] ?? '')
  const visitor = tenant.visitor()
  await visitor.get(linkIn(await tenant.nextMessage(user.email)))
  await visitor.submit('/u/enroll')
  for (const value of visitor.cookies.values()) secret(value)
  const page = await visitor.submit('/u/enroll/begin', { type: 'recovery-code' })
  secret(page.document.querySelector('code')?.textContent.trim() ?? 'no code is shown')
  await visitor.submit('/u/enroll/confirm')
  expect(await typesOf(user)).toEqual(['gd_start_enroll', 'gd_enrollment_complete'])
})

test('a link and a password made through the API', async () => {
  const user = await addUser()
  const { ticket } = await tenant.api.must<{ ticket: string }>('POST', '/api/v2/tickets/password-change', {
    user_id: user.user_id,
    client_id: tenant.clientId,
    result_url: 'https://shop.example/?session=marked-session-4716',
  })
  secret('marked-session-4716')
  secret(ticket.split('ticket=')[1]?.replace('#', '') ?? '')
  await tenant.api.must('PATCH', userPath(user), {
    password: secret('marked-api-password-4717'),
    app_metadata: { plan: secret('marked-app-metadata-4718') },
  })
  const { client_secret } = await tenant.api.must<{ client_secret: string }>('POST', '/api/v2/clients', {
    name: 'Other',
  })
  secret(client_secret)
  const code = `exports.onExecutePostChallenge = () => '${secret('marked-source-4719')}'`
  const supported_triggers = [{ id: 'password-reset-post-challenge', version: 'v1' }]
  const value = secret('marked-other-secret-4720')
  const action = { name: 'other', supported_triggers, code, secrets: [{ name: 'SHOWN_NAME', value }] }
  await tenant.api.must('POST', '/api/v2/actions/actions', action)
  const [told] = await tenant.api.must<Entry[]>('GET', '/api/v2/logs?q=type:sapi&per_page=1')
  expect(told?.details?.request).toMatchObject({ body: { name: 'other', secrets: [{ name: 'SHOWN_NAME' }] } })
})

test('none of their secrets, codes, links, cookies, tokens and passwords is in a row of the log, or in the server’s own', async () => {
  await tenant.api.must('GET', '/api/v2/logs')
  const db = await openSqlite(join(dataDir, 'interlock.db'))
  const rows = await db.selectFrom('logs').selectAll().execute()
  await db.destroy()
  expect(rows.length).toBeGreaterThan(50)
  expect(secrets.length).toBeGreaterThan(30)
  expect(secrets.filter((text) => text.length < 6)).toEqual([])
  // Six digits may stand in an id or a time by chance: a code counts where no digit is beside it.
  const holds = (text: string) => (kept: string) =>
    /^\d{6}$/.test(text) ? new RegExp(`(?<![\\d.])${text}(?!\\d)`).test(kept) : text !== '' && kept.includes(text)
  const kept = [...rows.map(({ id: _, ...row }) => JSON.stringify(row)), ...server.log()]
  for (const text of new Set(secrets)) expect(kept.filter(holds(text)), text).toEqual([])
})
