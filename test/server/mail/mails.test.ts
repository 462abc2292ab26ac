import { describe, expect, test } from 'vitest'
import { composeCodeMail } from '../../../server/src/mail/code-mail.ts'
import { composeEnrollmentMail } from '../../../server/src/mail/enrollment-mail.ts'
import { composeFactorAddedMail } from '../../../server/src/mail/factor-added-mail.ts'
import { composePasswordChangedMail } from '../../../server/src/mail/password-changed-mail.ts'
import { composeResetMail } from '../../../server/src/mail/reset-mail.ts'
import type { Mail } from '../../../server/src/ports.ts'
import type { Tenant } from '../../../server/src/tenants/tenant.ts'
import { aTenant } from '../../support/database.ts'

const to = 'ada@example.com'
const link = { url: 'https://acme.example/u/reset-password?ticket=abc&x=1', lifeSeconds: 3_600 }

const mails: Record<string, (tenant: Tenant) => Mail> = {
  reset: (tenant) => composeResetMail(tenant, to, link),
  enrollment: (tenant) => composeEnrollmentMail(tenant, to, link),
  code: (tenant) => composeCodeMail({ tenant, to, code: '123456', lifeSeconds: 300 }),
  'password changed': (tenant) => composePasswordChangedMail(tenant, to),
  'factor added': (tenant) => composeFactorAddedMail(tenant, to),
}

const named = (friendly_name: string): Tenant => {
  const tenant = aTenant('one')
  return { ...tenant, settings: { ...tenant.settings, friendly_name } }
}

describe.each(Object.entries(mails))('the %s mail', (_name, compose) => {
  test('names the tenant in its subject and in both bodies', () => {
    const { subject, text, html } = compose(named('Acme Bank'))
    for (const part of [subject, text, html]) expect(part).toContain('Acme Bank')
  })

  test('shows a name with markup in it as text', () => {
    const { html } = compose(named('<script>alert(1)</script>'))
    expect(html).not.toContain('<script>')
    expect(html).toContain('&lt;script&gt;')
  })

  test('keeps a name with line breaks on one line of the subject', () => {
    expect(compose(named('Acme\r\nBcc: eve@example.com')).subject).not.toMatch(/[\r\n]/)
  })
})

test.each(['reset', 'enrollment'])('the %s mail carries its link, whole, in both bodies', (name) => {
  const { text, html } = (mails[name] as (tenant: Tenant) => Mail)(aTenant('one'))
  expect(text).toContain(link.url)
  expect(html).toContain(`href="${link.url.replace('&', '&amp;')}"`)
})

test('the notices carry no link', () => {
  for (const name of ['password changed', 'factor added']) {
    const { text, html } = (mails[name] as (tenant: Tenant) => Mail)(aTenant('one'))
    expect(text + html).not.toMatch(/https?:|href/)
  }
})
