/** What an organization has chosen comes before what its tenant has, and is held to the same rules. */
import type { Organization } from '../organizations/organization.ts'
import type { Branding } from '../tenants/branding.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { httpsUrl } from './brand-address.ts'
import { parseColour } from './colour.ts'

type OwnBranding = NonNullable<Organization['branding']>

/** Only what can be shown: the tenant's stands in for the rest. */
const usable = ({ logo_url: logo, colors: { primary, page_background: background } = {} }: OwnBranding) => ({
  logo: httpsUrl(logo) === undefined ? {} : { logo_url: logo },
  colors: {
    ...(parseColour(primary) && { primary }),
    ...(parseColour(background) && { page_background: background }),
  },
})

/** The tenant as it looks to those who come on behalf of the organization. */
export const brandedFor = <Of extends Pick<Tenant, 'branding'>>(
  tenant: Of,
  organization: Pick<Organization, 'branding'> | undefined,
): Of => {
  if (!organization?.branding) return tenant
  const { logo, colors: own } = usable(organization.branding)
  const colors = { ...tenant.branding.colors, ...own }
  const branding = { ...tenant.branding, ...logo, ...(Object.keys(colors).length > 0 && { colors }) } as Branding
  return { ...tenant, branding }
}
