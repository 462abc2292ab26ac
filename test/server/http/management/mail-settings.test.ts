/** What the API takes, refuses and gives back of mails and codes; test/journey/mail-settings.test.ts has their effects. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiApp, type ApiTenant, openApiApp } from '../../../support/api-app.ts'

let app: ApiApp
let tenant: ApiTenant
let other: ApiTenant
beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
  other = await app.createTenant()
})
afterAll(() => app.close())

describe('e-mail templates', () => {
  const path = '/email-templates/reset_email'
  const whole = {
    template: 'reset_email',
    body: '<a href="{{ url }}">{{ user.name }}</a>',
    from: '{{ friendly_name }} <a@acme.example>',
    resultUrl: 'https://acme.example/{{ application.clientID }}',
    subject: 'For {{ application.name }}',
    syntax: 'liquid',
    urlLifetimeInSeconds: 3_600,
    includeEmailInRedirect: false,
    enabled: true,
  }

  test('one that is not there is a 404 to whoever reads or changes it', async () => {
    const unknown = { message: 'The template does not exist.', errorCode: 'inexistent_email_template' }
    expect(await tenant.call('GET', path)).toMatchObject({ status: 404, body: unknown })
    expect(await tenant.call('PATCH', path, { body: { enabled: false } })).toMatchObject({ status: 404, body: unknown })
    expect(await tenant.call('PUT', path, { body: whole })).toMatchObject({ status: 404, body: unknown })
  })

  test('one is created, read, replaced and changed, field by field', async () => {
    expect(await tenant.call('POST', '/email-templates', { body: whole })).toMatchObject({ status: 200, body: whole })
    expect((await tenant.call('POST', '/email-templates', { body: whole })).status).toBe(409)
    expect((await tenant.call('GET', path)).body).toEqual(whole)
    const changed = { ...whole, subject: 'New', enabled: false }
    expect((await tenant.call('PATCH', path, { body: { subject: 'New', enabled: false } })).body).toEqual(changed)
    const { from: _, urlLifetimeInSeconds: __, ...less } = changed
    const nulls = { template: 'reset_email', from: null, urlLifetimeInSeconds: null }
    expect((await tenant.call('PATCH', path, { body: nulls })).body).toEqual(less)
    const bare = {
      template: 'reset_email',
      subject: 'x',
      syntax: 'liquid',
      includeEmailInRedirect: true,
      enabled: true,
    }
    expect((await tenant.call('PUT', path, { body: { template: 'reset_email', subject: 'x' } })).body).toEqual(bare)
    expect((await other.call('GET', path)).status).toBe(404)
  })

  test.each([
    [{ body: '{% include "a" %}' }, /the tag "include" is not available.* on property body/],
    [{ subject: '{{ x | nosuch }}' }, /undefined filter: nosuch.* on property subject/],
    [{ body: '{% for i in (1..99999999) %}{% endfor %}' }, /memory alloc limit exceeded/],
    [{ from: 'no address' }, /'This gives no address' on property from/],
    [{ from: 'a@b.example\r\nBcc: eve@example.com' }, /'This gives no address' on property from/],
    [{ resultUrl: 'javascript:alert(1)' }, /'This gives no http or https URL' on property resultUrl/],
    [{ syntax: 'handlebars' }, /on property syntax/],
    [{ urlLifetimeInSeconds: 0 }, /on property urlLifetimeInSeconds/],
    [{ template: 'welcome_email' }, /'It is not the template of the path' on property template/],
    [{ surplus: 1 }, /Additional properties not allowed: surplus/],
  ])('what cannot be used is refused, and changes nothing: %j', async (body, message) => {
    await tenant.call('POST', '/email-templates', { body: { template: 'mfa_oob_code', subject: 'Code' } })
    const before = (await tenant.call('GET', '/email-templates/mfa_oob_code')).body
    const answer = await tenant.call('PATCH', '/email-templates/mfa_oob_code', { body })
    expect(answer).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } })
    expect(answer.body.message).toMatch(message)
    expect((await tenant.call('GET', '/email-templates/mfa_oob_code')).body).toEqual(before)
  })

  test('those of mails that are not sent here are kept', async () => {
    const body = { template: 'welcome_email', subject: 'Welcome', body: '<p>Hi</p>', syntax: 'liquid', enabled: false }
    await tenant.call('POST', '/email-templates', { body })
    expect((await tenant.call('GET', '/email-templates/welcome_email')).body).toMatchObject(body)
    expect((await tenant.call('GET', '/email-templates/no_such')).status).toBe(400)
  })
})

describe('the e-mail provider', () => {
  const path = '/emails/provider'
  const all = `${path}?fields=name,enabled,default_from_address,credentials,settings&include_fields=true`
  const credentials = {
    smtp_host: 'smtp.acme.example',
    smtp_port: 587,
    smtp_user: 'acme',
    smtp_pass: 'a-secret-of-acme',
  }
  const shown = { smtp_host: 'smtp.acme.example', smtp_port: 587, smtp_user: 'acme' }
  const headers = { 'X-Campaign': 'resets' }

  test('none is a 404', async () => {
    const body = { message: 'There is not a configured email provider', errorCode: 'inexistent_email_provider' }
    expect(await tenant.call('GET', path)).toMatchObject({ status: 404, body })
    expect(await tenant.call('PATCH', path, { body: { enabled: false } })).toMatchObject({ status: 404, body })
    expect((await tenant.call('DELETE', path)).status).toBe(204)
  })

  test('is set up, read, changed and taken away; its password is never read back', async () => {
    const body = { name: 'smtp', default_from_address: 'a@acme.example', credentials, settings: { headers } }
    const whole = { name: 'smtp', enabled: true, default_from_address: 'a@acme.example', credentials: shown }
    const created = await tenant.call('POST', path, { body })
    expect(created).toMatchObject({ status: 201, body: { ...whole, settings: { headers } } })
    expect((await tenant.call('POST', path, { body })).status).toBe(409)
    expect((await tenant.call('GET', path)).body).toEqual({ name: 'smtp', enabled: true })
    expect((await tenant.call('GET', all)).body).toEqual({ ...whole, settings: { headers } })

    const patch = { enabled: false, default_from_address: '', settings: null }
    const { default_from_address: _, ...less } = { ...whole, enabled: false }
    expect((await tenant.call('PATCH', path, { body: patch })).body).toEqual(less)
    const moved = { smtp_host: 'other.example', smtp_port: 25 }
    expect((await tenant.call('PATCH', path, { body: { credentials: moved } })).body.credentials).toEqual(moved)
    // The old account does not travel to the new host.
    expect((await app.adapters.emailProviders.find(tenant.name))?.credentials).toEqual({
      host: 'other.example',
      port: 25,
    })
    expect((await other.call('GET', path)).status).toBe(404)
    expect((await tenant.call('DELETE', path)).status).toBe(204)
    expect((await tenant.call('GET', path)).status).toBe(404)
  })

  test('its password is in no log', async () => {
    await tenant.call('POST', path, { body: { name: 'smtp', credentials } })
    await app.adapters.tenantLog.flush()
    const { body } = await tenant.call('GET', '/logs?q=type:sapi&per_page=100')
    expect(JSON.stringify(body)).toContain('/api/v2/emails/provider')
    expect(JSON.stringify(body)).not.toContain('a-secret-of-acme')
  })

  test.each([
    [{ name: 'sendgrid', credentials: { api_key: 'x' } }, /expected smtp' on property name \(smtp is the one way/],
    [{ name: 'smtp', credentials: { api_key: 'x' } }, /credentials/],
    [{ name: 'smtp', credentials: { ...shown } }, /'smtp_user and smtp_pass must be given together'/],
    [{ name: 'smtp', credentials: { smtp_host: 'a b', smtp_port: 25 } }, /credentials.smtp_host/],
    [{ name: 'smtp', credentials: { smtp_host: 'a', smtp_port: 0 } }, /credentials.smtp_port/],
    [{ name: 'smtp', credentials, default_from_address: 'a@b.c\nBcc: x@y.z' }, /default_from_address/],
    [{ name: 'smtp', credentials, settings: { headers: { Bcc: 'eve@example.com' } } }, /settings/],
    [{ name: 'smtp', credentials, settings: { headers: { 'X-A': 'b\r\nBcc: eve@example.com' } } }, /settings/],
    [{ name: 'smtp', credentials, settings: { headers: { 'X-Interlock-Tenant': 'other' } } }, /settings/],
  ])('what cannot be used is refused: %j', async (body, message) => {
    const answer = await other.call('POST', path, { body })
    expect(answer).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } })
    expect(answer.body.message).toMatch(message)
  })
})

describe('settings of factors', () => {
  const sms = {
    enrollment_message: '{{ code }} for {{ tenant.friendly_name }}',
    verification_message: '{{ code }} is it',
  }
  test.each([
    ['/guardian/policies', [], ['all-applications']],
    [
      '/guardian/factors/email/settings',
      { otp_length: 6, otp_expiration_time: 300 },
      { otp_length: 4, otp_expiration_time: 30 },
    ],
    [
      '/guardian/factors/phone/settings',
      { otp_length: 6, otp_expiration_time: 300 },
      { otp_length: 10, otp_expiration_time: 3_600 },
    ],
    ['/guardian/factors/phone/message-types', { message_types: ['sms', 'voice'] }, { message_types: ['voice'] }],
    ['/guardian/factors/phone/selected-provider', { provider: 'auth0' }, { provider: 'twilio' }],
    ['/guardian/factors/sms/templates', expect.objectContaining({ verification_message: expect.any(String) }), sms],
  ])('%s is read, set, and the same for another tenant', async (path, before, after) => {
    expect((await tenant.call('GET', path)).body).toEqual(before)
    expect(await tenant.call('PUT', path, { body: after })).toMatchObject({ status: 200, body: after })
    expect((await tenant.call('GET', path)).body).toEqual(after)
    expect((await other.call('GET', path)).body).toEqual(before)
  })

  test('the phone factor has one provider and one set of texts under both of its names', async () => {
    for (const [one, two] of [
      ['/guardian/factors/sms/selected-provider', '/guardian/factors/phone/selected-provider'],
      ['/guardian/factors/sms/templates', '/guardian/factors/phone/templates'],
    ] as const) {
      expect((await tenant.call('GET', one)).body).toEqual((await tenant.call('GET', two)).body)
    }
  })

  test.each([
    ['/guardian/policies', ['confidence-score']],
    ['/guardian/policies', {}],
    ['/guardian/factors/email/settings', { otp_length: 3, otp_expiration_time: 300 }],
    ['/guardian/factors/email/settings', { otp_length: 6, otp_expiration_time: 10 }],
    ['/guardian/factors/email/settings', { otp_length: 6 }],
    ['/guardian/factors/phone/message-types', { message_types: ['pigeon'] }],
    ['/guardian/factors/phone/selected-provider', { provider: 'pigeon' }],
    ['/guardian/factors/sms/templates', { ...sms, verification_message: 'no code' }],
    ['/guardian/factors/sms/templates', { ...sms, verification_message: '{% include "x" %}{{ code }}' }],
  ])('%s refuses %j', async (path, body) => {
    expect(await tenant.call('PUT', path, { body })).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } })
  })
})
