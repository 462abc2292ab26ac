/**
 * `/emails/provider`: the mail server that sends the tenant's mails.
 *
 * - SMTP only: services with an API of their own take SMTP as well, and are refused by name otherwise
 * - passwords never come back; credentials are given whole, so that nobody gets an old password sent to a new host
 */
import { z } from 'zod'
import type { EmailProvider, EmailProviderStore, SmtpCredentials } from '../../email-providers/email-provider.ts'
import { isMailbox } from '../../email-providers/mailbox.ts'
import type { Patch } from '../../patch.ts'
import type { Api } from '../plugins/zod-schemas.ts'
import { noBody } from '../wire-answer.ts'
import { conflict, invalidBody, notFound } from '../wire-problem.ts'
import { fieldsQuery, selectFields } from './paging.ts'

export type EmailProviderDeps = { emailProviders: EmailProviderStore }

const name = z.literal('smtp').describe('smtp is the one way: services with an API of their own take it as well')

const credentials = z.strictObject({
  smtp_host: z
    .string()
    .max(253)
    .regex(/^[a-zA-Z0-9.:_-]+$/),
  smtp_port: z.int().min(1).max(65_535),
  smtp_user: z.string().min(1).max(500).optional(),
  smtp_pass: z.string().min(1).max(2_000).optional().describe('Never read back'),
})

/** `X-Interlock-` is the server's own. */
const headerName = z.string().regex(/^X-(?!Interlock-)[a-zA-Z0-9-]{1,100}$/i)
const headerValue = z
  .string()
  .max(500)
  .regex(/^\P{Cc}*$/u)

const fields = {
  enabled: z.boolean().optional().describe('Without it the operator’s server sends; true if absent'),
  default_from_address: z
    .string()
    .refine((text) => text === '' || isMailbox(text), 'must be an address, alone or as "Name <address>"')
    .optional()
    .describe('The sender, where a template names none'),
  settings: z
    .strictObject({ headers: z.record(headerName, headerValue).optional().describe('Headers of every mail') })
    .nullish(),
}
const newProvider = z.strictObject({ name, credentials, ...fields })
const editProvider = z.strictObject({ name: name.optional(), credentials: credentials.optional(), ...fields })
type Fields = z.infer<typeof editProvider>

const answer = z
  .object({
    name: z.literal('smtp'),
    enabled: z.boolean(),
    default_from_address: z.string(),
    credentials: z.object({ smtp_host: z.string(), smtp_port: z.int(), smtp_user: z.string().optional() }),
    settings: z.object({ headers: z.record(z.string(), z.string()) }),
  })
  .partial()
  .meta({ id: 'EmailProvider' })

const toAnswer = ({ credentials: { host, port, user }, ...provider }: EmailProvider) => ({
  name: provider.name,
  enabled: provider.enabled,
  ...(provider.defaultFromAddress !== undefined && { default_from_address: provider.defaultFromAddress }),
  credentials: { smtp_host: host, smtp_port: port, ...(user !== undefined && { smtp_user: user }) },
  ...(Object.keys(provider.headers).length > 0 && { settings: { headers: { ...provider.headers } } }),
})

const toCredentials = ({
  smtp_host,
  smtp_port,
  smtp_user,
  smtp_pass,
}: z.infer<typeof credentials>): SmtpCredentials => {
  if ((smtp_user === undefined) !== (smtp_pass === undefined)) {
    throw invalidBody('smtp_user and smtp_pass must be given together', 'credentials')
  }
  return {
    host: smtp_host,
    port: smtp_port,
    ...(smtp_user !== undefined && { user: smtp_user }),
    ...(smtp_pass !== undefined && { password: smtp_pass }),
  }
}

const toPatch = ({ enabled, default_from_address: from, settings, credentials }: Fields): Patch<EmailProvider> => ({
  ...(enabled !== undefined && { enabled }),
  ...(from !== undefined && { defaultFromAddress: from || undefined }),
  ...(settings !== undefined && { headers: settings?.headers ?? {} }),
  ...(credentials !== undefined && { credentials: toCredentials(credentials) }),
})

const unknownProvider = () => notFound('There is not a configured email provider', 'inexistent_email_provider')

/** What is shown when nothing is asked for. */
const shortForm = 'name,enabled'

export const emailProviderRoutes =
  ({ emailProviders }: EmailProviderDeps) =>
  async (app: Api) => {
    const path = '/emails/provider'
    const createSchema = { summary: 'Sets it up', body: newProvider, response: { 201: answer }, refuses: [409] }
    const createOptions = { config: { scopes: ['create:email_provider'] }, schema: createSchema }
    app.post(path, createOptions, async ({ tenant, body }, reply) => {
      const { default_from_address: from, enabled = true, settings } = body
      const provider: EmailProvider = {
        name: body.name,
        enabled,
        ...(from && { defaultFromAddress: from }),
        credentials: toCredentials(body.credentials),
        headers: settings?.headers ?? {},
      }
      const created = await emailProviders.create(tenant.name, provider)
      if (created === 'taken') throw conflict('There is already a configured email provider')
      reply.code(201)
      return toAnswer(provider)
    })

    const readSchema = {
      summary: 'The mail server that sends the tenant’s mails',
      description: 'Without fields, its name and whether it is enabled.',
      querystring: z.strictObject(fieldsQuery),
      response: { 200: answer },
      refuses: [404],
    }
    app.get(path, { config: { scopes: ['read:email_provider'] }, schema: readSchema }, async ({ tenant, query }) => {
      const provider = await emailProviders.find(tenant.name)
      if (!provider) throw unknownProvider()
      return selectFields(toAnswer(provider), { ...query, fields: query.fields ?? shortForm })
    })

    const editSchema = { summary: 'Changes it', body: editProvider, response: { 200: answer }, refuses: [404] }
    const editOptions = { config: { scopes: ['update:email_provider'] }, schema: editSchema }
    app.patch(path, editOptions, async ({ tenant, body }) => {
      const provider = await emailProviders.update(tenant.name, toPatch(body))
      if (!provider) throw unknownProvider()
      return toAnswer(provider)
    })

    const removeSchema = { summary: 'Takes it away: the operator’s server sends then', response: { 204: noBody } }
    const removeOptions = { config: { scopes: ['delete:email_provider'] }, schema: removeSchema }
    app.delete(path, removeOptions, async ({ tenant }, reply) => {
      await emailProviders.remove(tenant.name)
      return reply.code(204).send()
    })
  }
