/** `/guardian/policies` and `/guardian/factors/…/…`: how a tenant's users are asked for their factors. */
import { z } from 'zod'
import type { RenderInTurn } from '../../mail/render-in-turn.ts'
import { messageValues } from '../../phone/write-code-message.ts'
import type { EditTenant } from '../../tenants/edit-tenant.ts'
import { type GuardianSettings, guardianSettings, phoneProviders } from '../../tenants/guardian-settings.ts'
import type { Tenant } from '../../tenants/tenant.ts'
import type { Api } from '../plugins/zod-schemas.ts'
import { invalidBody } from '../wire-problem.ts'

export type GuardianSettingDeps = { editTenant: EditTenant; renderInTurn: RenderInTurn }

const policies = z
  .array(z.literal('all-applications'))
  .max(1)
  .describe('all-applications asks for an enrolled factor before every new password')

const codeSettings = z.strictObject({
  otp_length: z.int().min(4).max(10).describe('Digits of a code'),
  otp_expiration_time: z.int().min(30).max(3_600).describe('Seconds a code works'),
})

const messageTypes = z.strictObject({ message_types: z.array(z.enum(['sms', 'voice'])).max(2) })

const selectedProvider = z.strictObject({
  provider: z.enum(phoneProviders).describe('Told to the operator’s gateway with each message'),
})

const template = z.string().min(1).max(1_000)
const smsTemplates = z.strictObject({
  enrollment_message: template.describe('Liquid; kept, as nobody enrols a phone by a code here'),
  verification_message: template
    .describe('Liquid, with the code in it')
    .meta({ examples: ['{{ code }} is your code for {{ tenant.friendly_name }}.'] }),
})

/** What is shown until a tenant has some of its own. */
const ownWords: z.infer<typeof smsTemplates> = {
  enrollment_message: '{{code}} is your verification code for {{tenant.friendly_name}}.',
  verification_message: '{{tenant.friendly_name}}: your code is {{code}}. Never share it.',
}

interface Setting<Value> {
  path: string
  what: string
  schema: z.ZodType<Value, Value>
  scope: 'guardian_factors' | 'mfa_policies'
  read(settings: GuardianSettings): Value
  /** Throws where it cannot be used. */
  write(value: Value, tenant: Tenant): Promise<Partial<GuardianSettings>> | Partial<GuardianSettings>
}

const settingRoutes = <Value>(app: Api, editTenant: EditTenant, setting: Setting<Value>): void => {
  const { path, what, schema, scope, read, write } = setting
  const untyped: z.ZodType = schema
  const response = { 200: untyped }
  const readOptions = { config: { scopes: [`read:${scope}`] }, schema: { summary: what, response } }
  app.get(path, readOptions, async ({ tenant }) => read(guardianSettings(tenant)))

  const writeSchema = { summary: `Sets ${what.charAt(0).toLowerCase()}${what.slice(1)}`, body: untyped, response }
  app.put(path, { config: { scopes: [`update:${scope}`] }, schema: writeSchema }, async ({ tenant, body }) => {
    const change = await write(schema.parse(body), tenant)
    await editTenant(tenant.name, ({ guardian }) => ({ guardian: { ...guardian, ...change } }))
    return body
  })
}

const codeRoutes = (app: Api, { editTenant }: GuardianSettingDeps): void => {
  for (const [factor, name] of [
    ['email', 'emailCode'],
    ['phone', 'phoneCode'],
  ] as const) {
    settingRoutes(app, editTenant, {
      path: `/guardian/factors/${factor}/settings`,
      what: `Length and life of codes by ${factor}`,
      schema: codeSettings,
      scope: 'guardian_factors',
      read: ({ [name]: { length, lifeSeconds } }) => ({ otp_length: length, otp_expiration_time: lifeSeconds }),
      write: (body) => ({ [name]: { length: body.otp_length, lifeSeconds: body.otp_expiration_time } }),
    })
  }
}

const tryOut = async (
  { renderInTurn }: GuardianSettingDeps,
  tenant: Tenant,
  templates: z.infer<typeof smsTemplates>,
): Promise<void> => {
  const code = '123456'
  const parts = Object.fromEntries(
    Object.entries(templates).map(([name, source]) => [name, { source, escape: 'none' as const }]),
  )
  const result = await renderInTurn(tenant.name, { parts, values: messageValues(tenant, code) })
  if (!result.ok) throw invalidBody(result.message, result.part)
  const verification = 'verification_message'
  if (!result.parts[verification]?.includes(code)) throw invalidBody('The code must be in it: {{ code }}', verification)
}

const phoneRoutes = (app: Api, deps: GuardianSettingDeps): void => {
  const { editTenant } = deps
  settingRoutes(app, editTenant, {
    path: '/guardian/factors/phone/message-types',
    what: 'How codes may go to phones',
    schema: messageTypes,
    scope: 'guardian_factors',
    read: (settings) => ({ message_types: [...settings.messageTypes] }),
    write: ({ message_types }) => ({ messageTypes: [...new Set(message_types)] }),
  })
  for (const factor of ['phone', 'sms']) {
    settingRoutes(app, editTenant, {
      path: `/guardian/factors/${factor}/selected-provider`,
      what: 'Who brings messages to phones',
      schema: selectedProvider,
      scope: 'guardian_factors',
      read: ({ phoneProvider }) => ({ provider: phoneProvider }),
      write: ({ provider }) => ({ phoneProvider: provider }),
    })
    settingRoutes(app, editTenant, {
      path: `/guardian/factors/${factor}/templates`,
      what: 'The words of text messages',
      schema: smsTemplates,
      scope: 'guardian_factors',
      read: (settings) => settings.smsTemplates ?? ownWords,
      async write(body, tenant) {
        await tryOut(deps, tenant, body)
        return { smsTemplates: body }
      },
    })
  }
}

export const guardianSettingRoutes = (deps: GuardianSettingDeps) => async (app: Api) => {
  settingRoutes(app, deps.editTenant, {
    path: '/guardian/policies',
    what: 'When factors are asked for',
    schema: policies,
    scope: 'mfa_policies',
    read: (settings) => [...settings.policies],
    write: (body) => ({ policies: body }),
  })
  codeRoutes(app, deps)
  phoneRoutes(app, deps)
}
