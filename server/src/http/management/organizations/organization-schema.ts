import { z } from 'zod'
import type { Organization } from '../../../organizations/organization.ts'
import { notFound } from '../../wire-problem.ts'

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
const color = z.string().regex(/^#[0-9a-fA-F]{3,8}$/)
const branding = z.strictObject({
  logo_url: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .exactOptional(),
  colors: z.strictObject({ primary: color.exactOptional(), page_background: color.exactOptional() }).exactOptional(),
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
    branding: branding.optional(),
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
