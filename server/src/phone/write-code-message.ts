/** A message with a code in the tenant's own words, where it has some for text messages; calls are always the server's. */
import type { TenantLog } from '../logs/tenant-log.ts'
import type { RenderInTurn } from '../mail/render-in-turn.ts'
import { tellOfTemplate } from '../mail/tell-of-template.ts'
import type { PhoneMessage } from '../ports.ts'
import { guardianSettings } from '../tenants/guardian-settings.ts'
import { displayNameOf, type Tenant } from '../tenants/tenant.ts'
import { type CodeMessage, composeCodeMessage } from './code-message.ts'

type Deps = { renderInTurn: RenderInTurn; tenantLog: Pick<TenantLog, 'record'> }

/** Three text messages: a gateway sells each of them. */
const longestText = 480

export const messageValues = (tenant: Tenant, code: string) => ({
  code,
  pin: code,
  tenant: { name: tenant.name, friendly_name: displayNameOf(tenant) },
})

export const writeCodeMessage =
  (deps: Deps) =>
  async (message: CodeMessage): Promise<PhoneMessage> => {
    const { tenant, via, code } = message
    const { smsTemplates } = guardianSettings(tenant)
    const provider = tenant.guardian?.phoneProvider
    const builtIn = { ...composeCodeMessage(message), ...(provider !== undefined && { provider }) }
    if (via !== 'sms' || !smsTemplates) return builtIn
    const parts = { text: { source: smsTemplates.verification_message, escape: 'none' as const } }
    const result = await deps.renderInTurn(tenant.name, { parts, values: messageValues(tenant, code) })
    const text = result.ok ? result.parts.text?.slice(0, longestText) : undefined
    // A message without its code would only cost money.
    if (text?.includes(code)) return { ...builtIn, text }
    const reason = result.ok ? 'The code is not in it.' : result.message
    tellOfTemplate(deps, tenant, { template: 'verification_message', message: reason, own: { code } })
    return builtIn
  }
