/** Asks a risk service, sends who is at risk to a verifier, and believes what comes back signed. */
import type { PasswordResetPostChallengeAction } from '@interlock/sdk-types'

interface Score {
  score: number
}

const scoreOf = async (key: string, ip: string): Promise<number> => {
  const response = await fetch(`https://risk.example.com/score?ip=${ip}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}` },
    body: JSON.stringify({ ip }),
  })
  if (!response.ok) throw new Error(`The risk service answered ${response.status} ${response.statusText}.`)
  return ((await response.json()) as Score).score
}

export const onExecutePostChallenge: PasswordResetPostChallengeAction = async (event, api) => {
  const score = await scoreOf(event.secrets.RISK_KEY ?? '', event.request.ip)
  console.log('score', score)
  if (score > 90) return api.access.deny('Too risky.')
  api.transaction.setResultUrl('https://app.example.com/done')
  api.cache.set('last-score', String(score))
  if (score < 10) return
  const token = api.redirect.encodeToken({ secret: event.secrets.TOKEN_SECRET ?? '', payload: { score } })
  api.redirect.sendUserTo('https://verifier.example.com/start?from=reset', { query: { token } })
}

export const onContinuePostChallenge: PasswordResetPostChallengeAction = async (event, api) => {
  const { verified } = api.redirect.validateToken({ secret: event.secrets.TOKEN_SECRET ?? '' })
  console.log(event.request.method, Object.keys(event.request.query).join(), api.cache.get('last-score')?.value)
  if (verified !== true) api.access.deny('Not verified.')
  else api.authentication.challengeWith({ type: 'otp' }, { additionalFactors: [{ type: 'sms' }] })
}
