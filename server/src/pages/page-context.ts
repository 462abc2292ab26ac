/** What every page is rendered with, whatever it shows. */
import { iconOf, logoOf } from '../branding/brand-address.ts'
import { brandStyleOf } from '../branding/brand-style.ts'
import type { CustomTexts } from '../custom-texts/custom-text-store.ts'
import { displayNameOf, type Tenant } from '../tenants/tenant.ts'
import { webUrl } from './web-url.ts'

export interface PageContext {
  tenant: Tenant
  csrfToken: string
  /** BCP 47. */
  locale: string
  /** The tenant's own words in this language. */
  customTexts?: CustomTexts
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

/** Of the tenant's own style sheet. The version is that of its content. */
export const brandStylePath = (version: string): string => `/u/brand/${version}/brand.css`

export const brandOf = (tenant: Tenant): Brand => {
  const { support_url: url, support_email: email } = tenant.settings
  const supportUrl = webUrl(url) ?? (email ? `mailto:${email}` : undefined)
  const [logoUrl, iconUrl, style] = [logoOf(tenant), iconOf(tenant), brandStyleOf(tenant)]
  return {
    name: displayNameOf(tenant),
    ...(supportUrl !== undefined && { supportUrl }),
    ...(logoUrl !== undefined && { logoUrl }),
    ...(iconUrl !== undefined && { iconUrl }),
    ...(style !== undefined && { styleUrl: brandStylePath(style.version) }),
  }
}
