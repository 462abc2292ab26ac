import type { Scenario } from '../scenario.mts'

const reason = 'Please verify your email address first, then ask for a new password again.'

export const scenarios: readonly Scenario[] = [
  {
    name: 'a user with a verified address goes on',
    event: { user: { email_verified: true } },
    steps: [{ handler: 'onExecutePostChallenge', expect: { type: 'proceed' } }],
  },
  {
    name: 'a user whose address was never verified is refused with the way out',
    event: { user: { email_verified: false } },
    steps: [{ handler: 'onExecutePostChallenge', expect: { type: 'deny', reason } }],
  },
]
