/** The mail with a code. The code stands in the subject too: many people read it off a locked screen. */
import type { Mail } from '../ports.ts'
import { showLife } from '../show-life.ts'
import type { Tenant } from '../tenants/tenant.ts'
import { compose } from './compose.ts'

interface CodeMail {
  tenant: Tenant
  to: string
  code: string
  lifeSeconds: number
}

export const composeCodeMail = ({ tenant, to, code, lifeSeconds }: CodeMail): Mail =>
  compose('code', { tenant, to, subject: `Your code is ${code}`, facts: { code, life: showLife(lifeSeconds) } })
