/** The mail with the link to the page where the user sets up a further factor. */
import type { Mail } from '../ports.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { compose } from './compose.ts'

export interface EnrollmentMail {
  url: string
  /** How long the link works. */
  minutes: number
}

export const composeEnrollmentMail = (tenant: Tenant, to: string, { url, minutes }: EnrollmentMail): Mail =>
  compose('enrollment', { tenant, to, subject: 'Protect your account', facts: { url, minutes } })
