/** Mails and codes in a tenant's own words, set by the vendor's management client and read where they arrive. */
import { Management, type ManagementClient } from 'auth0'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ClientSite, openClientSite } from '../support/client-site.ts'
import { database, managementClient } from '../support/management-client.ts'

let site: ClientSite
let management: ManagementClient

beforeAll(async () => {
  site = await openClientSite()
  management = managementClient(site)
  await site.operator('PATCH', '/tenants/acme', { mail_templates: 'any-server' })
})
afterAll(() => site.stop())

const template = {
  template: 'reset_email',
  body: '<p>Dear {{ user.name }}, <a href="{{ url }}">go on</a>.</p>',
  from: 'Acme <help@acme.example>',
  subject: 'For {{ user.name }}',
  syntax: 'liquid',
  urlLifetimeInSeconds: 3_600,
  enabled: true,
} as const

describe('a template', () => {
  test('is what the mail looks like', async () => {
    await management.emailTemplates.create(template)
    expect(await management.emailTemplates.get('reset_email')).toMatchObject(template)
    const email = 'ada@example.com'
    await management.users.create({ connection: database, email, email_verified: true, name: 'Ada' })
    await fetch(`${site.origin}/dbconnections/change_password`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, connection: database }),
    })
    const mail = await site.nextMessage(email)
    expect(mail.subject).toBe('For Ada')
    expect(mail.text).toContain('Dear Ada')
  })

  test('is changed in part or replaced as a whole', async () => {
    await management.emailTemplates.update('reset_email', { subject: 'Again' })
    expect(await management.emailTemplates.get('reset_email')).toMatchObject({ ...template, subject: 'Again' })
    const { urlLifetimeInSeconds: _, ...shorter } = template
    await management.emailTemplates.set('reset_email', shorter)
    expect(await management.emailTemplates.get('reset_email')).not.toHaveProperty('urlLifetimeInSeconds')
  })

  test('that is not there is told so, and one that cannot be rendered is refused', async () => {
    await expect(management.emailTemplates.get('mfa_oob_code')).rejects.toMatchObject({
      statusCode: 404,
      body: { errorCode: 'inexistent_email_template', message: 'The template does not exist.' },
    })
    const broken = management.emailTemplates.create({ ...template, template: 'mfa_oob_code', body: '{% if %}' })
    await expect(broken).rejects.toBeInstanceOf(Management.BadRequestError)
  })
})

test('the mail server is set up without its password coming back, and taken away', async () => {
  const { provider } = management.emails
  await expect(provider.get()).rejects.toMatchObject({ body: { errorCode: 'inexistent_email_provider' } })
  const credentials = { smtp_host: 'smtp.acme.example', smtp_port: 587, smtp_user: 'acme', smtp_pass: 'kept to itself' }
  const created = await provider.create({ name: 'smtp', enabled: true, credentials })
  const read = await provider.get({ fields: 'name,credentials', include_fields: true })
  expect(read).toMatchObject({ name: 'smtp', credentials: { smtp_host: 'smtp.acme.example', smtp_port: 587 } })
  expect(JSON.stringify([created, read])).not.toContain('kept to itself')
  expect(await provider.update({ enabled: false })).toMatchObject({ enabled: false })
  await provider.delete()
  await expect(provider.get()).rejects.toBeInstanceOf(Management.NotFoundError)
})

test('policies and the settings of codes are given back as they were set', async () => {
  const { policies, factors } = management.guardian
  await policies.set(['all-applications'])
  expect(await policies.list()).toEqual(['all-applications'])
  await factors.phone.setMessageTypes({ message_types: ['sms', 'voice'] })
  expect(await factors.phone.getMessageTypes()).toEqual({ message_types: ['sms', 'voice'] })
  await factors.phone.setProvider({ provider: 'phone-message-hook' })
  expect(await factors.phone.getSelectedProvider()).toEqual({ provider: 'phone-message-hook' })
  const words = { enrollment_message: '{{ code }} to enrol', verification_message: '{{ code }} it is' }
  await factors.sms.setTemplates(words)
  expect(await factors.sms.getTemplates()).toEqual(words)
  await factors.email.set({ otp_length: 8, otp_expiration_time: 120 })
  expect(await factors.email.get()).toEqual({ otp_length: 8, otp_expiration_time: 120 })
})
