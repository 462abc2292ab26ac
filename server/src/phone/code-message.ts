/**
 * What a code says by text message and by call. The last line of the text binds the code to the tenant's site, so that
 * phones fill it in there and nowhere else (WICG, origin-bound one-time codes).
 */

import type { PhoneMessage } from '../ports.ts'
import { showLife } from '../show-life.ts'
import { displayNameOf, type Tenant } from '../tenants/tenant.ts'

export interface CodeMessage {
  tenant: Tenant
  to: string
  via: PhoneMessage['via']
  code: string
  lifeSeconds: number
}

/** Read out digit by digit, and twice. */
const spoken = (code: string): string => [...code].join(', ')

const texts = {
  sms: ({ tenant, code, lifeSeconds }) =>
    `${displayNameOf(tenant)}: your code is ${code}. It works for ${showLife(lifeSeconds)}. Never share it.\n\n` +
    `@${tenant.domain.replace(/:\d+$/, '')} #${code}`,
  voice: ({ tenant, code }) =>
    `Hello. Your ${displayNameOf(tenant)} code is ${spoken(code)}. Again, your code is ${spoken(code)}.`,
} satisfies Record<PhoneMessage['via'], (message: CodeMessage) => string>

export const composeCodeMessage = (message: CodeMessage): PhoneMessage => ({
  to: message.to,
  via: message.via,
  text: texts[message.via](message),
})
