/**
 * What an action is promised to do, as data: each scenario is one user's way through one action, run in a real isolate
 * by `test/samples.test.ts`. Copy the folder of an action, and this is where you say what yours does.
 */
import type { FactorSelector, PasswordResetPostChallengeEvent } from '@interlock/sdk-types'

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** Any part of the event; what is left out has an everyday value. Arrays are replaced whole. */
export type EventPatch = PatchOf<Omit<PasswordResetPostChallengeEvent, 'secrets'>>
type PatchOf<T> = T extends readonly unknown[] ? T : T extends object ? { [Key in keyof T]?: PatchOf<T[Key]> } : T

/** A signed token in a URL: verified with `secret`, and holding at least `claims`. */
export interface ExpectedToken {
  parameter: string
  secret: string
  claims: Record<string, Json>
}

export type ExpectedDemand =
  /** Factors as the action asks for them; the flow leaves out repetitions and what this user cannot use. */
  | { type: 'challenge'; open: 'first' | 'any'; factors: FactorSelector[] }
  /** `url` as the user sees it, without the token's parameter and without `state`. */
  | { type: 'redirect'; url: string; token?: ExpectedToken }

/** What the run comes to. `fail` means the action threw: `message` is what the author reads in the log. */
export type Expected =
  | { type: 'proceed' }
  | { type: 'deny'; reason: string }
  | { type: 'pause'; demands: ExpectedDemand[] }
  | { type: 'fail'; ending: 'threw'; message: string }

/** The token an outside page sends back, signed for this redirect unless `claims` say otherwise. */
export interface AnswerToken {
  parameter: string
  secret: string
  claims: Record<string, Json>
}

export interface ScenarioStep {
  handler: 'onExecutePostChallenge' | 'onContinuePostChallenge'
  /** Only with `onContinuePostChallenge`: what comes back to `/continue`. */
  request?: { query?: Record<string, string>; body?: Record<string, string> }
  /** Only with `onContinuePostChallenge`: added to the query. */
  answerToken?: AnswerToken
  expect: Expected
}

export interface Scenario {
  /** A promise, as in "a user with a verified address goes on". */
  name: string
  event?: EventPatch
  secrets?: Record<string, string>
  steps: readonly ScenarioStep[]
}
