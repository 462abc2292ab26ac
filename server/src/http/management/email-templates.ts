/**
 * `/email-templates`: the tenant's own words for the mails that are sent in its name.
 *
 * A template is tried with made-up values before it is kept: what cannot be rendered is refused, with its place.
 */
import { z } from 'zod'
import { isMailbox } from '../../email-providers/mailbox.ts'
import type { EmailTemplate, EmailTemplateName, EmailTemplateStore } from '../../email-templates/email-template.ts'
import type { RenderInTurn } from '../../mail/render-in-turn.ts'
import { isWebUrl } from '../../mail/reset-link.ts'
import { sampleFacts, templateValues } from '../../mail/template-values.ts'
import { mailParts } from '../../mail/write-mail.ts'
import type { Patch } from '../../patch.ts'
import type { Tenant } from '../../tenants/tenant.ts'
import type { Api } from '../plugins/zod-schemas.ts'
import { conflict, invalidBody, notFound } from '../wire-problem.ts'
import {
  editTemplate,
  emailTemplate,
  newTemplate,
  type TemplateFields,
  templateName,
  toTemplateAnswer,
  toTemplateFields,
  toTemplatePatch,
} from './email-template-schema.ts'

export type EmailTemplateDeps = { emailTemplates: EmailTemplateStore; renderInTurn: RenderInTurn }

const unknownTemplate = () => notFound('The template does not exist.', 'inexistent_email_template')

const present = (template: Patch<EmailTemplate>): Partial<EmailTemplate> =>
  Object.fromEntries(Object.entries(template).filter(([, value]) => value !== undefined))

/** Throws where a part of the template cannot be used. */
const tryOut = async (
  { renderInTurn }: EmailTemplateDeps,
  tenant: Tenant,
  { resultUrl, ...template }: Partial<EmailTemplate>,
): Promise<void> => {
  const url = resultUrl === undefined ? {} : { resultUrl: { source: resultUrl, escape: 'none' as const } }
  const parts = { ...mailParts(template), ...url }
  if (Object.keys(parts).length === 0) return
  const result = await renderInTurn(tenant.name, { parts, values: templateValues(tenant, sampleFacts) })
  if (!result.ok) throw invalidBody(result.message, result.part ?? 'body')
  const { from, resultUrl: rendered } = result.parts
  if (from !== undefined && !isMailbox(from)) throw invalidBody('This gives no address', 'from')
  if (rendered !== undefined && !isWebUrl(rendered)) throw invalidBody('This gives no http or https URL', 'resultUrl')
}

const requireSameName = (named: EmailTemplateName, body: { template?: EmailTemplateName | undefined }): void => {
  if (body.template !== undefined && body.template !== named) {
    throw invalidBody('It is not the template of the path', 'template')
  }
}

export const emailTemplateRoutes = (deps: EmailTemplateDeps) => async (app: Api) => {
  const { emailTemplates } = deps
  const params = z.object({ templateName })
  const response = { 200: emailTemplate }

  const createSchema = { summary: 'A new template', body: newTemplate, response, refuses: [409] }
  const createOptions = { config: { scopes: ['create:email_templates'] }, schema: createSchema }
  app.post('/email-templates', createOptions, async ({ tenant, body: { template, ...given } }) => {
    const added = { includeEmailInRedirect: true, enabled: true, ...present(toTemplateFields(given)), template }
    await tryOut(deps, tenant, added)
    if ((await emailTemplates.create(tenant.name, added)) === 'name-taken') {
      throw conflict('The template already exists.')
    }
    return toTemplateAnswer(added)
  })

  const readSchema = { summary: 'One template', params, response }
  const readOptions = { config: { scopes: ['read:email_templates'] }, schema: readSchema }
  app.get('/email-templates/:templateName', readOptions, async ({ tenant, params }) => {
    const found = await emailTemplates.find(tenant.name, params.templateName)
    if (!found) throw unknownTemplate()
    return toTemplateAnswer(found)
  })

  const update = async (tenant: Tenant, named: EmailTemplateName, patch: Patch<TemplateFields>) => {
    await tryOut(deps, tenant, present(patch))
    const updated = await emailTemplates.update(tenant.name, named, patch)
    if (!updated) throw unknownTemplate()
    return toTemplateAnswer(updated)
  }
  const config = { scopes: ['update:email_templates'] }

  const replaceSchema = { summary: 'Replaces one template', params, body: newTemplate, response }
  app.put('/email-templates/:templateName', { config, schema: replaceSchema }, async ({ tenant, params, body }) => {
    requireSameName(params.templateName, body)
    const { template: _, ...given } = body
    return update(tenant, params.templateName, toTemplateFields(given))
  })

  const editSchema = { summary: 'Changes one template', params, body: editTemplate, response }
  app.patch('/email-templates/:templateName', { config, schema: editSchema }, async ({ tenant, params, body }) => {
    requireSameName(params.templateName, body)
    const { template: _, ...given } = body
    return update(tenant, params.templateName, toTemplatePatch(given))
  })
}
