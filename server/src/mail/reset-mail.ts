/** The mail with the link that begins a reset. */
import type { Mail } from '../ports.ts'
import { showLife } from '../show-life.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { compose } from './compose.ts'

export interface ResetMail {
  url: string
  /** How long the link works. */
  lifeSeconds: number
}

export const composeResetMail = (tenant: Tenant, to: string, { url, lifeSeconds }: ResetMail): Mail =>
  compose('reset', { tenant, to, subject: 'Reset your password', facts: { url, life: showLife(lifeSeconds) } })
