/** What can happen to a journey. Facts that the table needs come along; it looks nothing up. */
import type { Decision } from '@interlock/runtime'
import type { Begun } from '../factors/factor.ts'
import type { AvailableFactor, FlowPolicy } from './state.ts'

/** What the user could be asked for at this moment, and what the tenant decided. */
export interface Circumstances {
  available: readonly AvailableFactor[]
  policy: FlowPolicy
  /** Unix time in milliseconds. */
  now: number
}

export type Input =
  | { type: 'ticket-redeemed'; now: number }
  | { type: 'leg-ended'; decision: Decision; resultUrl?: string; circumstances: Circumstances }
  /** The leg did not come back: its process, its server or a store was lost. */
  | { type: 'leg-lost' }
  | { type: 'picker-asked' }
  /** `choice` is an index into the offered factors. */
  | { type: 'factor-chosen'; choice: number }
  | { type: 'question-asked-again' }
  | { type: 'challenge-begun'; begun: Begun }
  /** Too many codes were sent lately. */
  | { type: 'question-refused' }
  /** The picked factor was switched off, or taken from the user, since it was offered. */
  | { type: 'factor-lost' }
  | { type: 'challenge-passed'; circumstances: Circumstances }
  | { type: 'attempts-exhausted' }
  /** The browser is sent away with a new `state`; an earlier one is dead. */
  | { type: 'state-minted'; stateHash: string }
  /** A form was posted to `/continue` from another site, without the cookie. */
  | { type: 'return-posted'; body: Record<string, unknown> }
  | { type: 'returned'; now: number }
  | { type: 'prompt-submitted'; now: number }
  | { type: 'password-set' }
  | { type: 'expired' }

export type InputType = Input['type']
export type InputOf<Type extends InputType> = Extract<Input, { type: Type }>
