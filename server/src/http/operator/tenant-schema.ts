import { z } from 'zod'
import { isEgressHost } from '../../tenants/egress-hosts.ts'
import { tenantName } from '../../tenants/tenant-address.ts'

const domain = z.string().min(1).max(253)
const scheme = z.enum(['https', 'http'])
const resetMfa = z.enum(['if-enrolled', 'actions-only'])
const mailTemplates = z.enum(['own-server', 'any-server'])
const allowSameChannel = z.enum(['when-asked-by-action', 'always', 'never'])

export const createTenant = z.strictObject({
  name: z
    .string()
    .regex(tenantName)
    .describe('1 to 63 lower-case letters, digits and hyphens; it begins and ends with a letter or a digit'),
  domain: domain.describe('Host name, with the port if it is not the scheme’s own'),
  scheme: scheme.default('https').describe('http outside production only, for localhost and *.localhost'),
})

const egressHost = z
  .string()
  .max(300)
  .refine(isEgressHost, 'must be a host name or *. and a name, in lower case, with a port or without')

/** `null` takes an optional setting away. */
export const editTenant = z.strictObject({
  domain: domain.optional(),
  scheme: scheme.optional(),
  friendly_name: z.string().min(1).max(100).nullish().describe('Shown on pages and in mails'),
  support_email: z.email().max(254).nullish(),
  support_url: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .nullish(),
  reset_mfa: resetMfa.optional(),
  allow_same_channel: allowSameChannel.optional(),
  mail_templates: mailTemplates
    .nullish()
    .describe(
      'Whether mails in the tenant’s own words may go by this server’s mail address, too: own-server if absent',
    ),
  egress_hosts: z.array(egressHost).max(100).nullish().describe('Hosts actions may reach; every public one without it'),
})

/** The settings follow the tenant's own. */
export const tenantAnswer = z
  .object({
    name: z.string(),
    domain: z.string(),
    scheme,
    friendly_name: z.string().optional(),
    support_email: z.string().optional(),
    support_url: z.string().optional(),
    reset_mfa: resetMfa,
    allow_same_channel: allowSameChannel,
    mail_templates: mailTemplates,
    egress_hosts: z.array(z.string()).optional(),
    created_at: z.string(),
  })
  .meta({ id: 'Tenant' })

export const newTenant = z.object({
  tenant: tenantAnswer,
  management_client: z.object({ client_id: z.string(), client_secret: z.string().describe('Shown this once') }),
})

export const byName = z.object({ name: z.string() })
