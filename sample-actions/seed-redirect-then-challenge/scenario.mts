import type { Scenario } from '../scenario.mts'

export const scenarios: readonly Scenario[] = [
  {
    name: 'a user goes to the outside page first and is asked for a mail code on return',
    event: { user: { enrolledFactors: [{ type: 'otp' }] } },
    steps: [
      {
        handler: 'onExecutePostChallenge',
        expect: { type: 'pause', demands: [{ type: 'redirect', url: 'https://my-app.example.com/' }] },
      },
      {
        handler: 'onContinuePostChallenge',
        expect: {
          type: 'pause',
          demands: [{ type: 'challenge', open: 'first', factors: [{ type: 'email' }, { type: 'otp' }] }],
        },
      },
    ],
  },
]
