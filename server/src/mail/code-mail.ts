/** The mail with a code. The code stands in the subject too: many people read it off a locked screen. */
import type { Mail } from '../ports.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { compose } from './compose.ts'

interface CodeMail {
  tenant: Tenant
  to: string
  code: string
  lifeMinutes: number
}

export const composeCodeMail = ({ tenant, to, code, lifeMinutes }: CodeMail): Mail =>
  compose('code', { tenant, to, subject: `Your code is ${code}`, facts: { code, minutes: lifeMinutes } })
