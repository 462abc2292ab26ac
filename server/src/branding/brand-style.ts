/** A tenant's own style sheet. It comes after ours, and sets the custom properties that ours reads. */
import { createHash } from 'node:crypto'
import type { Tenant } from '../tenants/tenant.ts'
import { fontOf } from './brand-address.ts'
import { type Palette, paletteOf } from './palette.ts'
import { pageSchemes } from './schemes.ts'

export interface BrandStyle {
  /** Of the content: an address with it may be kept for ever. */
  version: string
  css: string
}

const propertiesOf = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, value]) => `--${name}: ${value};`)
    .join(' ')

/** A URL writes most of these in another way by itself; none of them may end the text it stands in. */
const quoted = (href: string): string =>
  `"${href.replaceAll(/["'()\\\s<>]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)}"`

const coloursCss = ({ branding }: Pick<Tenant, 'branding'>): string[] => {
  if (!branding.colors) return []
  const [light, dark] = [paletteOf(branding, pageSchemes.light), paletteOf(branding, pageSchemes.dark)]
  return [`:root { ${propertiesOf(light)} }`, `@media (prefers-color-scheme: dark) { :root { ${propertiesOf(dark)} } }`]
}

const fontCss = (tenant: Pick<Tenant, 'branding' | 'settings'>): string[] => {
  const font = fontOf(tenant)
  if (!font) return []
  return [
    `@font-face { font-family: "brand"; src: url(${quoted(font)}); font-display: swap; }`,
    ':root { --font: "brand"; }',
  ]
}

/** `undefined` when the tenant has chosen nothing. */
export const brandStyleOf = (tenant: Pick<Tenant, 'branding' | 'settings'>): BrandStyle | undefined => {
  const css = [...coloursCss(tenant), ...fontCss(tenant)].join('\n')
  if (css === '') return undefined
  return { css: `${css}\n`, version: createHash('sha256').update(css).digest('base64url').slice(0, 16) }
}
