/** What `/email-templates` takes and answers, and the record it becomes. */
import { templateLimits } from '@interlock/runtime'
import { z } from 'zod'
import { type EmailTemplate, emailTemplateNames } from '../../email-templates/email-template.ts'
import type { Patch } from '../../patch.ts'

/** As long as links made through the API. */
const longestLifeSeconds = 30 * 86_400

export const templateName = z.enum(emailTemplateNames)
const fields = {
  body: z
    .string()
    .max(templateLimits.sourceLength)
    .nullish()
    .describe('HTML in Liquid; the server’s own mail without it'),
  subject: z.string().max(500).nullish().describe('Liquid'),
  from: z.string().max(500).nullish().describe('A mailbox in Liquid; counts where the tenant’s own mail server sends'),
  resultUrl: z.string().max(2_048).nullish().describe('Where the user goes after the reset; in Liquid'),
  syntax: z.literal('liquid').nullish(),
  urlLifetimeInSeconds: z
    .int()
    .min(1)
    .max(longestLifeSeconds)
    .nullish()
    .describe('How long the link of the mail works'),
  includeEmailInRedirect: z.boolean().optional().describe('Whether resultUrl gets the user’s address; true without it'),
  enabled: z.boolean().nullish().describe('Without it the server’s own mail goes out; true if absent'),
}
export const newTemplate = z.strictObject({ template: templateName, ...fields })
export const editTemplate = z.strictObject({ template: templateName.optional(), ...fields })
type Fields = Omit<z.infer<typeof editTemplate>, 'template'>

export const emailTemplate = z
  .object({
    template: templateName,
    body: z.string().optional(),
    from: z.string().optional(),
    resultUrl: z.string().optional(),
    subject: z.string().optional(),
    syntax: z.literal('liquid'),
    urlLifetimeInSeconds: z.int().optional(),
    includeEmailInRedirect: z.boolean(),
    enabled: z.boolean(),
  })
  .meta({ id: 'EmailTemplate' })

export const toTemplateAnswer = ({ urlLifetimeSeconds, ...template }: EmailTemplate) => ({
  ...template,
  syntax: 'liquid' as const,
  ...(urlLifetimeSeconds !== undefined && { urlLifetimeInSeconds: urlLifetimeSeconds }),
})

export type TemplateFields = Omit<EmailTemplate, 'template'>

/** Everything: what is not given is taken away. */
export const toTemplateFields = ({ body, subject, from, resultUrl, urlLifetimeInSeconds, ...given }: Fields) => ({
  body: body || undefined,
  subject: subject || undefined,
  from: from || undefined,
  resultUrl: resultUrl || undefined,
  urlLifetimeSeconds: urlLifetimeInSeconds ?? undefined,
  includeEmailInRedirect: given.includeEmailInRedirect ?? true,
  enabled: given.enabled ?? true,
})

/** Only what is given. */
export const toTemplatePatch = (given: Fields): Patch<TemplateFields> => {
  const { urlLifetimeInSeconds: life, ...names } = given
  const named = new Set([...Object.keys(names), ...(life === undefined ? [] : ['urlLifetimeSeconds'])])
  return Object.fromEntries(Object.entries(toTemplateFields(given)).filter(([field]) => named.has(field)))
}
