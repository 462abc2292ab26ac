/** The facts the flow's table decides by: what this user could be asked for now, and the tenant's policy. */
import type { FactorRegistry, Subject } from '../factors/factor.ts'
import type { Circumstances } from '../flow/input.ts'

export const circumstancesOf = (subject: Subject, factors: FactorRegistry, now: number): Circumstances => ({
  available: factors
    .all()
    .filter((factor) => factor.isUsable(subject))
    .map(({ type }) => ({ type, sameChannel: type === 'email' })),
  policy: {
    resetMfa: subject.tenant.settings.reset_mfa,
    sameChannel: subject.tenant.settings.allow_same_channel,
  },
  now,
})
