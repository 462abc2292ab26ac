import type { Expected, Scenario, ScenarioStep } from '../scenario.mts'

const secret = 'a-shared-secret-of-at-least-32-bytes'
const parameter = 'session_token'
const secrets = { VERIFIER_URL: 'https://verifier.example.com/start?from=reset', TOKEN_SECRET: secret }

const departure: ScenarioStep = {
  handler: 'onExecutePostChallenge',
  expect: {
    type: 'pause',
    demands: [
      {
        type: 'redirect',
        url: secrets.VERIFIER_URL,
        token: { parameter, secret, claims: { purpose: 'password-reset', email: 'ada@example.com' } },
      },
    ],
  },
}

const refusedToken: Expected = { type: 'fail', ending: 'threw', message: 'The session token is invalid' }

export const scenarios: readonly Scenario[] = [
  {
    name: 'a user the verifier vouches for goes on',
    secrets,
    steps: [
      departure,
      {
        handler: 'onContinuePostChallenge',
        answerToken: { parameter, secret, claims: { verified: true } },
        expect: { type: 'proceed' },
      },
    ],
  },
  {
    name: 'a user the verifier does not vouch for is refused',
    secrets,
    steps: [
      departure,
      {
        handler: 'onContinuePostChallenge',
        answerToken: { parameter, secret, claims: { verified: false } },
        expect: { type: 'deny', reason: 'We could not confirm that it is you.' },
      },
    ],
  },
  {
    name: 'an answer signed with another secret ends the reset',
    secrets,
    steps: [
      departure,
      {
        handler: 'onContinuePostChallenge',
        answerToken: { parameter, secret: 'somebody-elses-secret-of-32-bytes!', claims: { verified: true } },
        expect: refusedToken,
      },
    ],
  },
  {
    name: 'an answer made for another redirect ends the reset',
    secrets,
    steps: [
      departure,
      {
        handler: 'onContinuePostChallenge',
        answerToken: { parameter, secret, claims: { verified: true, state: 'of-another-redirect' } },
        expect: refusedToken,
      },
    ],
  },
  {
    name: 'an answer for another user ends the reset',
    secrets,
    steps: [
      departure,
      {
        handler: 'onContinuePostChallenge',
        answerToken: { parameter, secret, claims: { verified: true, sub: 'auth0|somebody-else' } },
        expect: refusedToken,
      },
    ],
  },
  {
    name: 'a return without a token ends the reset',
    secrets,
    steps: [
      departure,
      {
        handler: 'onContinuePostChallenge',
        expect: {
          type: 'fail',
          ending: 'threw',
          message: `There is no parameter called '${parameter}' available in either the POST body or query string.`,
        },
      },
    ],
  },
  {
    name: 'a missing secret ends the reset before the user is sent away',
    secrets: { VERIFIER_URL: secrets.VERIFIER_URL },
    steps: [
      {
        handler: 'onExecutePostChallenge',
        expect: { type: 'fail', ending: 'threw', message: 'redirect.encodeToken: "secret" must be a non-empty string' },
      },
    ],
  },
]
