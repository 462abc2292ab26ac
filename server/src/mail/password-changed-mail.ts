/** The notice after a reset. It carries no link: its reader is told to go to the site on their own. */
import type { Mail } from '../ports.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { compose } from './compose.ts'

export const composePasswordChangedMail = (tenant: Tenant, to: string): Mail =>
  compose('password-changed', { tenant, to, subject: 'Your password was changed', facts: {} })
