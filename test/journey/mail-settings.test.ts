/** What a tenant sets of its mails and codes, seen where its users see it: in mails, messages and on pages. */
import { request } from 'undici'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { onExecute } from '../support/actions.ts'
import { beforeAllEntries, followLog, isEntry } from '../support/log-follower.ts'
import { managementToken } from '../support/management.ts'
import { choosePassword, openReset, requestLink, stepOf } from '../support/reset.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { type SmtpSite, startSmtpServer } from '../support/smtp.ts'
import { createTenant, linkIn, type OutboxMessage, type TestTenant } from '../support/tenant.ts'

let server: RunningServer
let tenant: TestTenant

beforeAll(async () => {
  server = await startTestServer({ EGRESS_ALLOW_CIDRS: '127.0.0.0/8' })
})
afterAll(() => server.stop())
const allow = (mail_templates: string | null) =>
  tenant.operator.must('PATCH', `/operator/v1/tenants/${tenant.name}`, { mail_templates })

beforeEach(async () => {
  tenant = await createTenant(server)
  await allow('any-server')
})

type Mail = OutboxMessage & { html: string; from?: string }

const nextMail = async (to: string) => (await tenant.nextMessage(to)) as Mail

const setTemplate = (fields: Record<string, unknown>) => tenant.api.must('POST', '/api/v2/email-templates', fields)

/** As an application asks, so that the mail knows which one it was. */
const askInShop = async (email: string): Promise<void> => {
  const { statusCode, body } = await request(`http://127.0.0.1:${server.port}/dbconnections/change_password`, {
    method: 'POST',
    headers: { host: tenant.host, 'content-type': 'application/json' },
    body: JSON.stringify({ client_id: tenant.clientId, email }),
  })
  expect({ statusCode, text: await body.text() }).toMatchObject({ statusCode: 200 })
}

/** The first entry of the type, as soon as it is written. */
const logged = async (type: string) => {
  const { host, managementClient } = tenant
  const token = await managementToken({ port: server.port, host }, managementClient)
  const follower = await followLog({ port: server.port, host, token, lastEventId: beforeAllEntries })
  const { data } = await follower.next(isEntry(type))
  follower.leave()
  return data as { details: Record<string, unknown> }
}

describe('the template of the reset mail', () => {
  test('gives the mail its words, with the vendor’s variables', async () => {
    await tenant.api.must('PATCH', '/api/v2/branding', { logo_url: 'https://acme.example/logo.png' })
    await tenant.api.must('PATCH', `/api/v2/clients/${tenant.clientId}`, {
      callbacks: ['https://shop.example:8443/callback?a=b', 'https://other.example/'],
    })
    const facts = [
      ...['user.email', 'user.user_metadata.plan', 'user.app_metadata.tier', 'connection.name', 'tenant'],
      ...[
        'friendly_name',
        'application.clientID',
        'application.callback_domain',
        'custom_domain.domain',
        'life',
        'nothing',
      ],
    ]
    await setTemplate({
      template: 'reset_email',
      subject: '{{ user.given_name }}, a link for {{ application.name }}',
      body: `<img src="{{ branding.logo_url }}"><p>${facts.map((name) => `{{ ${name} }}`).join('|')}</p>
        <a href="{{ url }}">Reset</a>`,
    })
    const user = await tenant.addUser({
      given_name: '<i>Ada</i>',
      user_metadata: { plan: '<b>gold</b>' },
      app_metadata: { tier: 3 },
    })
    await askInShop(user.email)
    const { subject, html, text } = await nextMail(user.email)
    expect(subject).toBe('<i>Ada</i>, a link for Shop')
    const { name, clientId, host } = tenant
    const shown = [user.email, '&lt;b&gt;gold&lt;/b&gt;', 3, 'Username-Password-Authentication', name]
    expect(html).toContain(
      `<p>${[...shown, name, clientId, 'https://shop.example:8443', host, '60 minutes', ''].join('|')}</p>`,
    )
    expect(html).toContain('<img src="https://acme.example/logo.png">')
    expect(html).toContain(`<a href="http://${tenant.host}/u/reset-password?ticket=`)
    expect(text).toMatch(/Reset <http:\/\/\S+\/u\/reset-password\?ticket=\w{32}>$/)
  })

  test('says how long the link lives', async () => {
    await setTemplate({ template: 'reset_email', urlLifetimeInSeconds: 7_200 })
    const user = await tenant.addUser()
    const link = await requestLink(tenant, user.email)
    const { text } = (await tenant.operator.call<Mail[]>('GET', '/dev/outbox.json')).body.find(
      ({ to }) => to === user.email,
    )!
    expect(text).toContain('works for 2 hours')
    server.advanceClock(7_199_000)
    expect(stepOf(await tenant.visitor().get(link))).toBe('confirm-link')
    server.advanceClock(2_000)
    expect(stepOf(await tenant.visitor().get(link))).toBe('problem')
  })

  test('says where the user goes after the reset, with the address or without', async () => {
    const callbacks = ['https://acme.example/callback']
    await tenant.api.must('PATCH', `/api/v2/clients/${tenant.clientId}`, { callbacks })
    const resultUrl = '{{ application.callback_domain }}/{{ application.name | downcase }}'
    await setTemplate({ template: 'reset_email', resultUrl })
    const finish = async () => {
      const user = await tenant.addUser()
      await askInShop(user.email)
      const visitor = tenant.visitor()
      await visitor.get(linkIn(await tenant.nextMessage(user.email)))
      await visitor.submit('/u/reset-password')
      const done = await choosePassword(visitor)
      return { user, href: done.document.querySelector('a')?.getAttribute('href') ?? done.leftFor }
    }
    const first = await finish()
    const expected = new URL('https://acme.example/shop')
    expected.searchParams.set('email', first.user.email)
    expect(first.href).toContain(expected.href)
    await tenant.api.must('PATCH', '/api/v2/email-templates/reset_email', { includeEmailInRedirect: false })
    const { href } = await finish()
    expect(href).toContain('https://acme.example/shop')
    expect(href).not.toContain('email=')
  })

  test('counts for nothing while it is switched off', async () => {
    await setTemplate({ template: 'reset_email', subject: 'Own words', urlLifetimeInSeconds: 60, enabled: false })
    const user = await tenant.addUser()
    const link = await requestLink(tenant, user.email)
    const { body } = await tenant.operator.call<Mail[]>('GET', '/dev/outbox.json')
    expect(body.find(({ to }) => to === user.email)?.subject).toContain('Reset your password')
    server.advanceClock(61_000)
    expect(stepOf(await tenant.visitor().get(link))).toBe('confirm-link')
  })

  test('that cannot be rendered for this user costs nobody the link, and the log says why', async () => {
    // Fits while it is tried with made-up values.
    const body = '{% for i in (1..user.user_metadata.times) %}x{% endfor %}{{ url }}'
    await setTemplate({ template: 'reset_email', body })
    const user = await tenant.addUser({ user_metadata: { times: 99_999_999 } })
    const link = await requestLink(tenant, user.email)
    expect(stepOf(await tenant.visitor().get(link))).toBe('confirm-link')
    const { details } = await logged('fn')
    expect(details).toMatchObject({ template: 'reset_email', error: expect.stringContaining('memory alloc limit') })
    expect(JSON.stringify(details)).not.toContain('ticket=')
  })

  test('that loops holds up neither the server nor the mails of another tenant', async () => {
    const other = await createTenant(server)
    const loops = `${'{% for i in (1..user.user_metadata.n) %}'.repeat(3)}x${'{% endfor %}'.repeat(3)}`
    await setTemplate({ template: 'reset_email', body: loops })
    await other.api.must('POST', '/api/v2/email-templates', { template: 'reset_email', subject: 'Quick' })
    const neighbour = await other.addUser()
    const victims: string[] = []
    for (let n = 0; n < 3; n++) victims.push((await tenant.addUser({ user_metadata: { n: 900 } })).email)
    // Each of them takes a second and a half until it is ended; a tenant has one at a time.
    for (const email of victims) await askInShop(email)
    await requestLink(other, neighbour.email)
    for (const email of victims) expect((await nextMail(email)).subject).toContain('Reset your password')
    const { body } = await tenant.operator.call<Mail[]>('GET', '/dev/outbox.json')
    const idOf = (email: string) => body.find(({ to }) => to === email)?.id ?? 0
    expect(idOf(neighbour.email)).toBeLessThan(Math.max(...victims.map(idOf)))
  })
})

describe('the template of the mail with a code', () => {
  test('gives it its words, and the code', async () => {
    await setTemplate({
      template: 'mfa_oob_code',
      subject: 'Code {{ code }}',
      body: '<p>{{ user.email }}: {{ code }} for {{ application.name }} in {{ request_language }}</p>',
    })
    await tenant.enable('email')
    await tenant.bind(onExecute("api.authentication.challengeWith({ type: 'email' })"))
    const user = await tenant.addUser()
    const visitor = tenant.visitor()
    await visitor.get(
      `/u/reset-password/request?${new URLSearchParams({ client_id: tenant.clientId, ui_locales: 'pt-BR en' })}`,
    )
    await visitor.submit('/u/reset-password/request', { email: user.email })
    await visitor.get(linkIn(await nextMail(user.email)))
    await visitor.submit('/u/reset-password')
    const { subject = '', text } = await nextMail(user.email)
    const code = /^Code (\d{6})$/.exec(subject)?.[1] ?? ''
    expect(text).toBe(`${user.email}: ${code} for Shop in pt-BR`)
    expect(stepOf(await visitor.submit('/u/reset-password/challenge', { code }))).toBe('new-password')
  })
})

test('the template of the enrolment mail gives it its words', async () => {
  await setTemplate({
    template: 'enrollment_email',
    subject: 'Enrol {{ request_language }}',
    body: '<a href="{{ link }}">{{ user.nickname }}</a>',
  })
  const user = await tenant.addUser({ nickname: 'ada' })
  const order = { user_id: user.user_id, send_mail: true, email_locale: 'pt-BR' }
  await tenant.api.must('POST', '/api/v2/guardian/enrollments/ticket', order)
  const { subject, text } = await nextMail(user.email)
  expect(subject).toBe('Enrol pt-BR')
  expect(text).toMatch(/^ada <http:\/\/\S+\/u\/enroll\?ticket=\w{32}>$/)
})

describe('the tenant’s own mail server', () => {
  let smtp: SmtpSite
  const account = { user: 'acme', password: 'a password of acme' }
  beforeEach(async () => {
    smtp = await startSmtpServer({ account })
    return () => smtp.close()
  })
  const setUp = (fields: Record<string, unknown> = {}, password = account.password) =>
    tenant.api.must('POST', '/api/v2/emails/provider', {
      name: 'smtp',
      default_from_address: 'no-reply@acme.example',
      credentials: { smtp_host: '127.0.0.1', smtp_port: smtp.port, smtp_user: 'acme', smtp_pass: password },
      ...fields,
    })

  test('sends its mails and nobody else’s, from the template’s sender', async () => {
    await setUp()
    await setTemplate({ template: 'reset_email', from: '{{ application.name }} <shop@acme.example>' })
    const user = await tenant.addUser()
    await askInShop(user.email)
    await smtp.until(1)
    expect(smtp.received[0]).toMatchObject({ user: 'acme', from: { address: 'shop@acme.example' } })
    expect(smtp.received[0]?.content).toContain('From: Shop <shop@acme.example>')
    const other = await createTenant(server)
    await requestLink(other, (await other.addUser()).email)
    expect(smtp.received).toHaveLength(1)
    const { body } = await tenant.operator.call<Mail[]>('GET', '/dev/outbox.json')
    expect(body.filter(({ to }) => to === user.email)).toEqual([])
  })

  test('is where the tenant’s own words are for, unless the operator lends its own', async () => {
    await allow(null)
    const resultUrl = 'https://acme.example/done'
    await setTemplate({ template: 'reset_email', subject: 'Own words', body: '{{ url }}', resultUrl })
    const asked = async () => {
      const user = await tenant.addUser()
      await askInShop(user.email)
      return nextMail(user.email)
    }
    const builtIn = await asked()
    expect(builtIn.subject).toContain('Reset your password')
    expect(builtIn).not.toHaveProperty('byOperator')
    // Where the user goes on in the end is no word of the mail.
    const visitor = tenant.visitor()
    await visitor.get(linkIn(builtIn))
    await visitor.submit('/u/reset-password')
    expect((await choosePassword(visitor)).html).toContain(resultUrl)

    await setUp()
    await askInShop((await tenant.addUser()).email)
    await smtp.until(1)
    expect(smtp.received[0]?.content).toContain('Subject: Own words')
    await tenant.api.must('PATCH', '/api/v2/emails/provider', { enabled: false })
    expect((await asked()).subject).toContain('Reset your password')
    await allow('any-server')
    expect((await asked()).subject).toBe('Own words')
  })

  test('that is switched off sends nothing', async () => {
    await setUp({ enabled: false })
    await requestLink(tenant, (await tenant.addUser()).email)
    expect(smtp.received).toEqual([])
  })

  test('that refuses the account is in the log, without the password', async () => {
    await setUp({}, 'a wrong password')
    await askInShop((await tenant.addUser()).email)
    const entry = await logged('fn')
    expect(entry.details).toMatchObject({ error: expect.stringContaining('Invalid user or password') })
    expect(JSON.stringify([entry, await logged('fcpr')])).not.toContain('a wrong password')
  })
})

describe('settings of codes', () => {
  const challengeWith = (type: string) => onExecute(`api.authentication.challengeWith({ type: '${type}' })`)
  const addPhone = async (preferred: 'sms' | 'voice') => {
    const user = await tenant.addUser()
    const path = `/api/v2/users/${encodeURIComponent(user.user_id)}/authentication-methods`
    const phone_number = `+1555010${user.email.replace(/\D/g, '').padStart(4, '0')}`
    await tenant.api.must('POST', path, { type: 'phone', phone_number, preferred_authentication_method: preferred })
    return { user, phone_number }
  }

  test.each([
    ['email', { otp_length: 8, otp_expiration_time: 60 }, '1 minute'],
    ['phone', { otp_length: 4, otp_expiration_time: 30 }, '30 seconds'],
  ])('the length and the life of codes by %s', async (factor, settings, life) => {
    await tenant.enable('email', 'sms')
    await tenant.api.must('PUT', `/api/v2/guardian/factors/${factor}/settings`, settings)
    await tenant.bind(challengeWith(factor))
    const { user, phone_number } = await addPhone('sms')
    const to = factor === 'email' ? user.email : phone_number
    const ask = async () => {
      const { visitor, page } = await openReset(tenant, user)
      expect(page.text).toContain(`It works for ${life}.`)
      const { text } = await tenant.nextMessage(to)
      const [code = ''] = new RegExp(`\\b\\d{${settings.otp_length}}\\b`).exec(text) ?? []
      expect(code).not.toBe('')
      return { visitor, code }
    }
    const first = await ask()
    const passed = await first.visitor.submit('/u/reset-password/challenge', { code: first.code })
    expect(stepOf(passed)).toBe('new-password')
    const late = await ask()
    server.advanceClock(settings.otp_expiration_time * 1_000 + 1_000)
    const refused = await late.visitor.submit('/u/reset-password/challenge', { code: late.code })
    expect(stepOf(refused)).toBe('challenge')
  })

  test('a way to phones that is switched off gives place to the other; without any nobody is asked by phone', async () => {
    await tenant.enable('sms')
    await tenant.api.must('PUT', '/api/v2/guardian/factors/phone/message-types', { message_types: ['voice'] })
    const { user, phone_number } = await addPhone('sms')
    await openReset(tenant, user)
    expect((await tenant.nextMessage(phone_number)).text).toMatch(/^Hello\. Your/)
    await tenant.api.must('PUT', '/api/v2/guardian/factors/phone/message-types', { message_types: [] })
    expect(stepOf((await openReset(tenant, user)).page)).toBe('new-password')
  })

  test('the tenant’s words and provider for text messages', async () => {
    await tenant.enable('sms')
    await tenant.api.must('PUT', '/api/v2/guardian/factors/sms/templates', {
      enrollment_message: '{{ code }}',
      verification_message: '{{ tenant.friendly_name }} says {{ code }}',
    })
    await tenant.api.must('PUT', '/api/v2/guardian/factors/phone/selected-provider', { provider: 'twilio' })
    const { user, phone_number } = await addPhone('sms')
    const { visitor } = await openReset(tenant, user)
    const message = (await tenant.nextMessage(phone_number)) as OutboxMessage & { provider?: string }
    expect(message.text).toMatch(new RegExp(`^${tenant.name} says \\d{6}$`))
    expect(message.provider).toBe('twilio')
    const code = message.text.slice(-6)
    expect(stepOf(await visitor.submit('/u/reset-password/challenge', { code }))).toBe('new-password')
  })

  test('the policy for all applications asks for a factor where the operator has left it to actions', async () => {
    await tenant.operator.must('PATCH', `/operator/v1/tenants/${tenant.name}`, { reset_mfa: 'actions-only' })
    await tenant.enable('sms')
    const { user } = await addPhone('sms')
    expect(stepOf((await openReset(tenant, user)).page)).toBe('new-password')
    await tenant.api.must('PUT', '/api/v2/guardian/policies', ['all-applications'])
    expect(stepOf((await openReset(tenant, user)).page)).toBe('challenge')
  })
})
