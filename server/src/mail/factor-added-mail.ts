/** The notice after a factor was enrolled: whoever did not do it themselves must learn of it (ASVS 5.0, 6.3.7). */
import type { Mail } from '../ports.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { compose } from './compose.ts'

export const composeFactorAddedMail = (tenant: Tenant, to: string): Mail =>
  compose('factor-added', { tenant, to, subject: 'A new way to confirm it is you was added', facts: {} })
