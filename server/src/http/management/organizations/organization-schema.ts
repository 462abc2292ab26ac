import { z } from 'zod'
import type { Organization } from '../../../organizations/organization.ts'
import { notFound } from '../../wire-problem.ts'
import { colour } from '../settings/branding-schema.ts'
import { httpsOrEmpty } from '../settings/web-address.ts'

const mostMetadata = 25

const name = z
  .string()
  .min(1)
  .max(50)
  .regex(/^(?!org_)[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$/)
  .describe('Name of the organization: lower-case letters, digits, - and _; it does not begin with org_')
const displayName = z.string().min(1).max(255)
const metadata = z
  .record(z.string().min(1).max(255), z.string().max(255))
  .refine((entries) => Object.keys(entries).length <= mostMetadata, `At most ${mostMetadata} entries`)
const branding = z.strictObject({
  logo_url: httpsOrEmpty.exactOptional().describe('Shown on pages and in mails of resets on its behalf'),
  colors: z
    .strictObject({
      primary: colour.exactOptional().describe('Colour of buttons and links'),
      page_background: colour.exactOptional().describe('Colour behind the card'),
    })
    .exactOptional(),
})
/** Also of an organization that was stored when more was taken than can be shown. */
const shownBranding = z.object({
  logo_url: z.string().optional(),
  colors: z.object({ primary: z.string().optional(), page_background: z.string().optional() }).optional(),
})

export const createOrganization = z.strictObject({
  name,
  display_name: displayName.optional(),
  metadata: metadata.optional(),
  branding: branding.optional(),
})
export const editOrganization = createOrganization.partial()

export const byOrganization = z.object({ id: z.string() })

export const organization = z
  .object({
    id: z.string(),
    name: z.string(),
    display_name: z.string(),
    metadata: z.record(z.string(), z.string()).optional(),
    branding: shownBranding.optional(),
  })
  .meta({ id: 'Organization' })

export const toOrganizationAnswer = ({ id, name, displayName, metadata, branding }: Organization) => ({
  id,
  name,
  display_name: displayName,
  ...(Object.keys(metadata).length > 0 && { metadata }),
  ...(branding && { branding }),
})

export const unknownOrganization = () => notFound('No organization found by that id or name')
