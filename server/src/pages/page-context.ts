/** What every page is rendered with, whatever it shows. */
import { displayNameOf, type Tenant } from '../tenants/tenant.ts'
import { webUrl } from './web-url.ts'

export interface PageContext {
  tenant: Tenant
  csrfToken: string
  /** BCP 47. */
  locale: string
}

/** The tenant as the layout shows it. */
export interface Brand {
  name: string
  /** Where the user finds help: a web or mail address. */
  supportUrl?: string
}

export const brandOf = (tenant: Tenant): Brand => {
  const { support_url: url, support_email: email } = tenant.settings
  const supportUrl = webUrl(url) ?? (email ? `mailto:${email}` : undefined)
  return { name: displayNameOf(tenant), ...(supportUrl === undefined ? {} : { supportUrl }) }
}
