/** Pages and mails of tenants with looks of their own: sensible ones, and such as would hide a button or a line. */
import { type BrandStyle, brandStyleOf } from '../../server/src/branding/brand-style.ts'
import { brandedFor } from '../../server/src/branding/organization-brand.ts'
import type { Organization } from '../../server/src/organizations/organization.ts'
import { brandStylePath } from '../../server/src/pages/page-context.ts'
import type { Branding } from '../../server/src/tenants/branding.ts'
import type { Tenant } from '../../server/src/tenants/tenant.ts'
import { mailsOf } from './every-mail.ts'
import { sampleTenant, viewsOf } from './every-page.ts'

const cdn = 'https://cdn.acme.example'

const looks: Readonly<Record<string, Branding>> = {
  green: {
    colors: { primary: '#0b5d4e', page_background: '#eef5f2' },
    logo_url: `${cdn}/logo.svg?v=1`,
    favicon_url: `${cdn}/icon.svg`,
  },
  yellow: { colors: { primary: '#ffe600', page_background: '#fffbe0' } },
  white: { colors: { primary: '#fff', page_background: '#fff' } },
  black: { colors: { primary: '#000', page_background: '#000' }, logo_url: `${cdn}/logo.svg` },
  grey: { colors: { primary: '#808080', page_background: '#808080' } },
  midnight: { colors: { primary: '#5b5bd6', page_background: '#101038' }, logo_url: `${cdn}/logo.svg` },
  gradient: {
    colors: {
      primary: '#e6007e',
      page_background: { type: 'linear-gradient', start: '#ffffff', end: '#000000', angle_deg: 35 },
    },
  },
}

/** Of an organization whose tenant has the first of these looks. */
const partner: Organization = {
  id: 'org_0000000000000000',
  name: 'partner',
  displayName: 'Partner',
  metadata: {},
  branding: { colors: { primary: '#c9d400', page_background: '#1a1a1a' }, logo_url: `${cdn}/logo.svg` },
}

/** One of each kind of thing that has a colour: fields, errors, lists, links, marks. */
const shown = new Set([
  'request-plain',
  'challenge-email-wrong',
  'choose-factor-all',
  'prompt-plain',
  'denied-plain',
  'done-with-result-url',
  'wait-plain',
])
const sent = new Set(['reset', 'code'])

export interface BrandedPages {
  tenant: Tenant
  style: BrandStyle
  stylePath: string
  /** HTML by a name that can stand in an address. */
  pages: ReadonlyMap<string, string>
  mails: ReadonlyMap<string, string>
}

const brandedPages = ([look, branding, organization]: [string, Branding | undefined, Organization?]): BrandedPages => {
  const settings = { ...sampleTenant.settings, support_email: 'support@acme.example' }
  const own = { ...sampleTenant, settings, branding: branding ?? {} }
  const tenant = brandedFor(own, organization)
  const style = brandStyleOf(tenant)
  if (!style) throw new Error(`The look ${look} changes nothing.`)
  const pages = viewsOf(own, { locale: 'en', ...(organization && { organization }) }).filter(([name]) =>
    shown.has(name),
  )
  const mails = Object.entries(mailsOf(tenant)).filter(([name]) => sent.has(name))
  return {
    tenant,
    style,
    stylePath: brandStylePath(style.version, organization?.id),
    pages: new Map(pages.map(([name, html]) => [`brand-${look}-${name}`, html])),
    mails: new Map(mails.map(([name, { html }]) => [`brand-${look}-mail-${name}`, html])),
  }
}

export const brands: readonly BrandedPages[] = [
  ...Object.entries(looks).map(brandedPages),
  brandedPages(['organization', looks.green, partner]),
]
