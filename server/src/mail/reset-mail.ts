/** The mail with the link that begins a reset. */
import type { Mail } from '../ports.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { compose } from './compose.ts'

export interface ResetMail {
  url: string
  /** How long the link works. */
  minutes: number
}

export const composeResetMail = (tenant: Tenant, to: string, { url, minutes }: ResetMail): Mail =>
  compose('reset', { tenant, to, subject: 'Reset your password', facts: { url, minutes } })
