/**
 * A mail in the tenant's own words where it has a template, else in the server's.
 *
 * - what a template leaves out, and all of it where it cannot be rendered, is as in the server's own mail: nobody goes
 *   without a link because a template fails; the tenant's log says why
 * - by the operator's server, and so under the operator's address, a tenant's own words go only where the operator allows
 *   it: whoever may write to every address in them could ask for other passwords than their own
 * - a subject and a sender are single lines, whatever was put into them
 */
import type { RenderRequest, TemplatePart } from '@interlock/runtime'
import type { ResetOrigin } from '../branding/reset-origin.ts'
import type { ClientStore } from '../clients/client.ts'
import type { EmailProviderStore } from '../email-providers/email-provider.ts'
import { isMailbox } from '../email-providers/mailbox.ts'
import type { EmailTemplate, EmailTemplateStore, UsedTemplateName } from '../email-templates/email-template.ts'
import type { TenantLog } from '../logs/tenant-log.ts'
import type { OrganizationStore } from '../organizations/organization.ts'
import type { Mail } from '../ports.ts'
import { mailTemplatesOf, type Tenant } from '../tenants/tenant.ts'
import type { User } from '../users/user.ts'
import { singleLine } from './compose.ts'
import type { RenderInTurn } from './render-in-turn.ts'
import { tellOfTemplate } from './tell-of-template.ts'
import { type TemplateFacts, templateValues } from './template-values.ts'

export type MailDeps = {
  emailTemplates: Pick<EmailTemplateStore, 'find'>
  emailProviders: Pick<EmailProviderStore, 'find'>
  clients: Pick<ClientStore, 'find'>
  organizations: Pick<OrganizationStore, 'find'>
  renderInTurn: RenderInTurn
  tenantLog: Pick<TenantLog, 'record'>
}

export interface Letter {
  template: UsedTemplateName
  user?: User | undefined
  origin?: ResetOrigin | undefined
  /** What only this mail has. */
  own: Readonly<Record<string, string | number>>
  /** The server's own words. */
  builtIn: Mail
}
export type WriteMail = (tenant: Tenant, letter: Letter) => Promise<Mail>

export const mailParts = ({
  body,
  subject,
  from,
}: Pick<EmailTemplate, 'body' | 'subject' | 'from'>): RenderRequest['parts'] => {
  const line = (source: string): TemplatePart => ({ source, escape: 'none' })
  return {
    ...(from !== undefined && { from: line(from) }),
    ...(subject !== undefined && { subject: line(subject) }),
    ...(body !== undefined && { body: { source: body, escape: 'html' as const } }),
  }
}

const needsOwnServer = (tenant: Tenant): boolean => mailTemplatesOf(tenant) === 'own-server'

/** None that no server would send. */
const usedTemplate = async (
  { emailTemplates, emailProviders }: MailDeps,
  tenant: Tenant,
  name: UsedTemplateName,
): Promise<EmailTemplate | undefined> => {
  const template = await emailTemplates.find(tenant.name, name)
  if (!template?.enabled) return undefined
  if (!needsOwnServer(tenant)) return template
  return (await emailProviders.find(tenant.name))?.enabled ? template : undefined
}

const factsOf = async (deps: MailDeps, tenant: Tenant, letter: Letter): Promise<TemplateFacts> => {
  const { user, origin = {}, own } = letter
  const { clientId, organizationId, language } = origin
  const [client, organization] = await Promise.all([
    clientId === undefined ? undefined : deps.clients.find(tenant.name, clientId),
    organizationId === undefined ? undefined : deps.organizations.find(tenant.name, organizationId),
  ])
  return { user, client, organization, own, ...(language !== undefined && { language }) }
}

export const writeMail =
  (deps: MailDeps): WriteMail =>
  async (tenant, letter) => {
    const { builtIn } = letter
    const template = await usedTemplate(deps, tenant, letter.template)
    const parts = template ? mailParts(template) : {}
    if (Object.keys(parts).length === 0) return builtIn

    const values = templateValues(tenant, await factsOf(deps, tenant, letter))
    const result = await deps.renderInTurn(tenant.name, { parts, values, plainTextOf: 'body' })
    if (!result.ok) {
      tellOfTemplate(deps, tenant, { template: letter.template, own: letter.own, ...result })
      return builtIn
    }
    const { body: html, subject, from } = result.parts
    const sender = from === undefined ? undefined : singleLine(from)
    return {
      ...builtIn,
      ...(subject !== undefined && { subject: singleLine(subject) }),
      ...(html !== undefined && { html, text: result.plainText ?? '' }),
      ...(sender !== undefined && isMailbox(sender) && { from: sender }),
      ...(needsOwnServer(tenant) && { byOperator: builtIn }),
    }
  }
