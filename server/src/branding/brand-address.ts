/** The addresses of a tenant's branding, as browsers load them. */
import type { Tenant } from '../tenants/tenant.ts'

type Branded = Pick<Tenant, 'branding' | 'settings'>

/**
 * Letters, digits, hyphens and dots: what a content security policy can name (CSP 3, 2.3.1). A `*` would stand there for
 * every host, and `;` and `,`, which a URL lets through, would begin something new.
 */
export const isNameable = (hostname: string): boolean => /^[a-z\d-]+(?:\.[a-z\d-]+)*$/.test(hostname)

/** As a URL writes itself; `undefined` for whatever is not an https address of one host. */
export const httpsUrl = (text: string | undefined): string | undefined => {
  const url = text === undefined ? null : URL.parse(text)
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined
  return isNameable(url.hostname) ? url.href : undefined
}

export const logoOf = ({ branding, settings }: Branded): string | undefined =>
  httpsUrl(branding.logo_url) ?? httpsUrl(settings.picture_url)

export const iconOf = ({ branding }: Branded): string | undefined => httpsUrl(branding.favicon_url)

export const fontOf = ({ branding }: Branded): string | undefined => httpsUrl(branding.font?.url)

/**
 * The address as a source of a content security policy, which has no query, and in which `;` and `,` would begin something
 * new. Exact, but for a path that ends in `/`: that stands for everything below.
 */
export const toSource = (href: string): string => {
  const { origin, pathname } = new URL(href)
  return origin + pathname.replaceAll(';', '%3B').replaceAll(',', '%2C')
}
