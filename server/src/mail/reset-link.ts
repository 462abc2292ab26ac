/** What the tenant's template for the reset mail says about the link in it. */
import type { Client } from '../clients/client.ts'
import { effectiveLimits } from '../tenants/limits.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { tellOfTemplate } from './tell-of-template.ts'
import { applicationValues } from './template-values.ts'
import type { MailDeps } from './write-mail.ts'

export interface ResetLink {
  lifeSeconds: number
  resultUrl?: string
  includesEmailInRedirect?: true
}
export type DescribeResetLink = (tenant: Tenant, clientId: string | undefined) => Promise<ResetLink>

/** As with the vendor, the application is all that it may name: it is known before the user is. */
const urlValues = (client: Client | undefined) => {
  const { name, clientID, callback_domain } = client ? applicationValues(client) : {}
  return { application: { name, clientID, callback_domain } }
}

const isLiquid = (text: string): boolean => /\{[{%]/.test(text)

export const isWebUrl = (text: string): boolean => {
  const url = URL.parse(text)
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:')
}

const resultUrlOf = async (
  deps: MailDeps,
  tenant: Tenant,
  { source, clientId }: { source: string; clientId: string | undefined },
): Promise<string | undefined> => {
  if (!isLiquid(source)) return source
  const client = clientId === undefined ? undefined : await deps.clients.find(tenant.name, clientId)
  const parts = { resultUrl: { source, escape: 'none' as const } }
  const result = await deps.renderInTurn(tenant.name, { parts, values: urlValues(client) })
  const url = result.ok ? result.parts.resultUrl?.trim() : undefined
  if (url !== undefined && isWebUrl(url)) return url
  const message = result.ok ? 'This gives no http or https URL.' : result.message
  tellOfTemplate(deps, tenant, { template: 'reset_email', part: 'resultUrl', message, own: {} })
  return undefined
}

export const describeResetLink =
  (deps: MailDeps): DescribeResetLink =>
  async (tenant, clientId) => {
    const found = await deps.emailTemplates.find(tenant.name, 'reset_email')
    const template = found?.enabled ? found : undefined
    const source = template?.resultUrl
    const resultUrl = source === undefined ? undefined : await resultUrlOf(deps, tenant, { source, clientId })
    return {
      lifeSeconds: template?.urlLifetimeSeconds ?? effectiveLimits(tenant).linkMinutes * 60,
      ...(resultUrl !== undefined && { resultUrl }),
      ...(template?.includeEmailInRedirect && { includesEmailInRedirect: true }),
    }
  }
