/**
 * A mail from its two templates: `<name>.txt.liquid` and `<name>.html.liquid`. Values in the HTML one are escaped unless
 * the template says otherwise; no template ever comes from a tenant.
 */
import { fileURLToPath } from 'node:url'
import { Liquid } from 'liquidjs'
import { mailBrandOf } from '../branding/mail-brand.ts'
import type { Mail } from '../ports.ts'
import { displayNameOf, type Tenant } from '../tenants/tenant.ts'

interface Letter {
  tenant: Tenant
  to: string
  subject: string
  facts: Record<string, string | number>
}

const options = {
  root: fileURLToPath(new URL('./templates/', import.meta.url)),
  cache: true,
  strictVariables: true,
  lenientIf: true,
  strictFilters: true,
  ownPropertyOnly: true,
}
const textEngine = new Liquid({ ...options, extname: '.txt.liquid' })
const htmlEngine = new Liquid({ ...options, extname: '.html.liquid', outputEscape: 'escape' })

/** A name with a line break in it could write headers of its own. */
export const singleLine = (text: string): string => text.replaceAll(/\p{Cc}+/gu, ' ').trim()

export const compose = (template: string, { tenant, to, subject, facts }: Letter): Mail => {
  const name = singleLine(displayNameOf(tenant))
  const values = {
    ...facts,
    to,
    name,
    subject,
    support: tenant.settings.support_email ?? '',
    brand: mailBrandOf(tenant),
  }
  return {
    to,
    subject: `${subject} – ${name}`,
    text: textEngine.renderFileSync(template, values),
    html: htmlEngine.renderFileSync(template, values),
  }
}
