/** Which of the tenant's switches turns a factor on: the vendor's management API calls the phone factor `sms`. */
import type { FactorType } from '@interlock/runtime'
import type { GuardianFactorName, Tenant } from '../tenants/tenant.ts'

const switchOf: Record<FactorType, GuardianFactorName> = {
  otp: 'otp',
  email: 'email',
  phone: 'sms',
  'push-notification': 'push-notification',
  'webauthn-roaming': 'webauthn-roaming',
  'webauthn-platform': 'webauthn-platform',
  'recovery-code': 'recovery-code',
}

export const isEnabled = (tenant: Pick<Tenant, 'factors'>, type: FactorType): boolean =>
  tenant.factors.includes(switchOf[type])
