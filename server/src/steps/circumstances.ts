/** The facts the flow's table decides by: what this user could be asked for now, and the tenant's policy. */
import type { FactorRegistry, Subject } from '../factors/factor.ts'
import type { Circumstances } from '../flow/input.ts'
import { guardianSettings } from '../tenants/guardian-settings.ts'
import type { Tenant } from '../tenants/tenant.ts'

/** A policy of the vendor's name outdoes a setting that leaves it to the actions. */
const resetMfaOf = (tenant: Tenant): Tenant['settings']['reset_mfa'] =>
  guardianSettings(tenant).policies.includes('all-applications') ? 'if-enrolled' : tenant.settings.reset_mfa

export const circumstancesOf = (subject: Subject, factors: FactorRegistry, now: number): Circumstances => ({
  available: factors
    .all()
    .filter((factor) => factor.isUsable(subject))
    .map(({ type }) => ({ type, sameChannel: type === 'email' })),
  policy: {
    resetMfa: resetMfaOf(subject.tenant),
    sameChannel: subject.tenant.settings.allow_same_channel,
  },
  now,
})
