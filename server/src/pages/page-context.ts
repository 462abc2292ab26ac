/** What every page is rendered with, whatever it shows. */
import { iconOf, logoOf } from '../branding/brand-address.ts'
import { brandStyleOf } from '../branding/brand-style.ts'
import { brandedFor } from '../branding/organization-brand.ts'
import type { ResetOrigin } from '../branding/reset-origin.ts'
import type { CustomTexts } from '../custom-texts/custom-text-store.ts'
import type { Organization } from '../organizations/organization.ts'
import { displayNameOf, type Tenant } from '../tenants/tenant.ts'
import { webUrl } from './web-url.ts'

export interface PageContext {
  tenant: Tenant
  csrfToken: string
  /** BCP 47. */
  locale: string
  /** The tenant's own words in this language. */
  customTexts?: CustomTexts
  /** Of the reset the page belongs to. */
  origin?: ResetOrigin
  /** Of the application the reset began in. */
  clientName?: string
  /** On whose behalf the user comes: the page looks like it. */
  organization?: Organization
}

/** The tenant as the layout shows it. */
export interface Brand {
  name: string
  /** Where the user finds help: a web or mail address. */
  supportUrl?: string
  logoUrl?: string
  iconUrl?: string
  styleUrl?: string
}

/** Of the style sheet of the tenant, or of one of its organizations. The version is that of its content. */
export const brandStylePath = (version: string, organizationId?: string): string =>
  `/u/brand/${version}/${organizationId === undefined ? '' : `${organizationId}/`}brand.css`

export const brandOf = (of: Tenant, organization?: Organization): Brand => {
  const tenant = brandedFor(of, organization)
  const { support_url: url, support_email: email } = tenant.settings
  const supportUrl = webUrl(url) ?? (email ? `mailto:${email}` : undefined)
  const [logoUrl, iconUrl, style] = [logoOf(tenant), iconOf(tenant), brandStyleOf(tenant)]
  return {
    name: displayNameOf(tenant),
    ...(supportUrl !== undefined && { supportUrl }),
    ...(logoUrl !== undefined && { logoUrl }),
    ...(iconUrl !== undefined && { iconUrl }),
    ...(style !== undefined && { styleUrl: brandStylePath(style.version, organization?.id) }),
  }
}
