import { describe, expect, test } from 'vitest'
import type { EmailTemplate } from '../../server/src/email-templates/email-template.ts'
import { awkwardTexts, type OpenEngine, otherTenant, race, type Stores, tenant, useEngine } from './engine.ts'

const aTemplate = (over: Partial<EmailTemplate> = {}): EmailTemplate => ({
  template: 'reset_email',
  enabled: true,
  body: `<p>{{ url }}</p>${awkwardTexts.join('|').replaceAll('\u0000', '')}`,
  subject: 'ключ 🔑',
  from: 'Acme <a@acme.example>',
  resultUrl: 'https://acme.example/',
  urlLifetimeSeconds: 3_600,
  includeEmailInRedirect: false,
  ...over,
})
const bare: EmailTemplate = { template: 'mfa_oob_code', enabled: false, includeEmailInRedirect: true }

export const emailTemplateContract = (open: OpenEngine<Stores>) =>
  describe('e-mail templates', () => {
    const nodes = useEngine(open)

    test('a template comes back as it was created, with all of its fields or with few', async () => {
      for (const template of [aTemplate(), bare]) {
        expect(await nodes.one.emailTemplates.create(tenant, template)).toBe('created')
        expect(await nodes.two.emailTemplates.find(tenant, template.template)).toEqual(template)
      }
    })

    test('of twenty that create one at once exactly one does', async () => {
      const created = await race(nodes, ({ emailTemplates }, index) =>
        emailTemplates.create(tenant, aTemplate({ subject: String(index) })),
      )
      expect(created.filter((result) => result === 'created')).toHaveLength(1)
    })

    test('an update changes what it names, and takes away what it names as absent', async () => {
      await nodes.one.emailTemplates.create(tenant, aTemplate())
      const { body: _, ...rest } = aTemplate({ subject: 'new', enabled: false })
      const patch = { subject: 'new', enabled: false, body: undefined }
      expect(await nodes.two.emailTemplates.update(tenant, 'reset_email', patch)).toEqual(rest)
      expect(await nodes.one.emailTemplates.find(tenant, 'reset_email')).toEqual(rest)
      expect(await nodes.one.emailTemplates.update(tenant, 'reset_email', {})).toEqual(rest)
    })

    test('what is not there is not updated', async () => {
      expect(await nodes.one.emailTemplates.update(tenant, 'reset_email', { subject: 'x' })).toBeUndefined()
      expect(await nodes.one.emailTemplates.update(tenant, 'reset_email', {})).toBeUndefined()
    })

    test('a second tenant finds nothing, changes nothing and may have its own', async () => {
      await nodes.one.emailTemplates.create(tenant, aTemplate())
      expect(await nodes.one.emailTemplates.find(otherTenant, 'reset_email')).toBeUndefined()
      expect(await nodes.one.emailTemplates.update(otherTenant, 'reset_email', { subject: 'x' })).toBeUndefined()
      expect(await nodes.one.emailTemplates.create(otherTenant, bare)).toBe('created')
      expect(await nodes.one.emailTemplates.find(tenant, 'reset_email')).toEqual(aTemplate())
    })

    test('they go with their tenant, and leave others', async () => {
      for (const name of [tenant, otherTenant]) await nodes.one.emailTemplates.create(name, aTemplate())
      await nodes.one.tenants.remove(tenant)
      expect(await nodes.two.emailTemplates.find(tenant, 'reset_email')).toBeUndefined()
      expect(await nodes.two.emailTemplates.find(otherTenant, 'reset_email')).toEqual(aTemplate())
    })
  })
