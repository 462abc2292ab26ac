/**
 * Asks a risk service about the user and the address the reset comes from: a low score goes on, a high one is refused, and
 * whoever is between proves a second factor.
 *
 * Secrets: `RISK_URL`, an absolute https URL; `RISK_KEY`, the key it wants.
 */
import type { PasswordResetPostChallengeAction, PasswordResetPostChallengeEvent } from '@interlock/sdk-types'

const challengeFrom = 30
const refuseFrom = 80

/** Throws, and so ends the reset, when there is no score: a check that could not run must not let anybody through. */
const scoreOf = async ({ secrets, user, request }: PasswordResetPostChallengeEvent): Promise<number> => {
  const response = await fetch(secrets.RISK_URL ?? '', {
    method: 'POST',
    headers: { authorization: `Bearer ${secrets.RISK_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ user: user.user_id, ip: request.ip, country: request.geoip.countryCode }),
    signal: AbortSignal.timeout(3_000),
  })
  if (!response.ok) throw new Error(`The risk service answered ${response.status}.`)
  const { score } = (await response.json()) as { score?: unknown }
  if (typeof score !== 'number') throw new Error('The risk service answered without a score.')
  return score
}

export const onExecutePostChallenge: PasswordResetPostChallengeAction = async (event, api) => {
  const score = await scoreOf(event)
  console.log('risk', score)
  if (score >= refuseFrom) api.access.deny('Your password cannot be reset online. Please call us.')
  else if (score >= challengeFrom)
    api.authentication.challengeWithAny([{ type: 'otp' }, { type: 'webauthn-roaming' }, { type: 'phone' }])
}
