import type { Scenario } from '../scenario.mts'

const securityKey = { type: 'webauthn-roaming' } as const

export const scenarios: readonly Scenario[] = [
  {
    name: 'a user is asked for a security key and may use another enrolled factor instead',
    event: { user: { enrolledFactors: [{ type: 'webauthn-roaming' }, { type: 'otp' }] } },
    steps: [
      {
        handler: 'onExecutePostChallenge',
        expect: {
          type: 'pause',
          demands: [{ type: 'challenge', open: 'first', factors: [securityKey, securityKey, { type: 'otp' }] }],
        },
      },
    ],
  },
  {
    name: 'a user without any enrolled factor is still asked: what cannot be met is decided by the flow',
    event: { user: { enrolledFactors: [] } },
    steps: [
      {
        handler: 'onExecutePostChallenge',
        expect: { type: 'pause', demands: [{ type: 'challenge', open: 'first', factors: [securityKey] }] },
      },
    ],
  },
]
