/** The mail with the link to the page where the user sets up a further factor. */
import type { Mail } from '../ports.ts'
import { showLife } from '../show-life.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { compose } from './compose.ts'

export interface EnrollmentMail {
  url: string
  /** How long the link works. */
  lifeSeconds: number
}

export const composeEnrollmentMail = (tenant: Tenant, to: string, { url, lifeSeconds }: EnrollmentMail): Mail =>
  compose('enrollment', { tenant, to, subject: 'Protect your account', facts: { url, life: showLife(lifeSeconds) } })
