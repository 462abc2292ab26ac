// is TypeScript with types, interfaces, generics and satisfies
import type { PasswordResetPostChallengeAPI, PasswordResetPostChallengeEvent } from '@interlock/sdk-types'

interface Verdict<T extends string = string> {
  readonly kind: T
  score?: number
}
type Rule = (event: PasswordResetPostChallengeEvent) => Verdict | undefined

const rules = {
  roles: ({ authorization }) => (authorization.roles.includes('admin') ? { kind: 'admin', score: 0.9 } : undefined),
  young: ({ stats }) => (stats.logins_count < 5 ? ({ kind: 'young' } as const) : undefined),
} satisfies Record<string, Rule>

const isVerdict = (value: unknown): value is Verdict => typeof value === 'object' && value !== null && 'kind' in value

export const onExecutePostChallenge = async (
  event: PasswordResetPostChallengeEvent,
  api: PasswordResetPostChallengeAPI,
): Promise<void> => {
  const verdicts = Object.values(rules).map((rule: Rule) => rule(event)).filter(isVerdict)
  console.log(verdicts, (event.user.app_metadata as { plan: string }).plan, verdicts[0]!.kind)
  if (verdicts.length > 1) api.authentication.challengeWith({ type: 'otp' }, { additionalFactors: [{ type: 'email' }] })
}
