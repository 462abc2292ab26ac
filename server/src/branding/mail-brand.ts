/** A tenant's colours and logo for its mails. Mail programs show no gradients: there a background is its first colour. */
import type { Branding } from '../tenants/branding.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { logoOf } from './brand-address.ts'
import { type Palette, paletteOf } from './palette.ts'
import { mailScheme } from './schemes.ts'

export type MailBrand = Palette & { logo?: string }

const withoutGradient = ({ colors, ...branding }: Branding): Branding => {
  if (!colors) return branding
  const { page_background: background, ...others } = colors
  if (background === undefined) return { ...branding, colors }
  const plain = typeof background === 'object' ? background.start : background
  return { ...branding, colors: { ...others, page_background: plain } }
}

export const mailBrandOf = (tenant: Pick<Tenant, 'branding' | 'settings'>): MailBrand => {
  const logo = logoOf(tenant)
  return { ...paletteOf(withoutGradient(tenant.branding), mailScheme), ...(logo !== undefined && { logo }) }
}
