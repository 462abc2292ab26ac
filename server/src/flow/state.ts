/**
 * The user's journey as plain data: what is stored between two requests. Pure: no clock, no randomness, no I/O in this
 * folder. `flow.mermaid` draws the states; a test holds it against the table.
 */
import type { Demand, FactorSelector, FactorType, Position } from '@interlock/runtime'
import type { Begun } from '../factors/factor.ts'

/** A factor the user could be asked for now: enabled for the tenant and enrolled by the user. */
export interface AvailableFactor {
  type: FactorType
  /** True when it proves the same mailbox as the mail link did. */
  sameChannel: boolean
}

/** A challenge that was passed in this transaction; becomes an `mfa` entry of `event.authentication.methods`. */
export interface PassedFactor {
  type: FactorType
  /** Unix time in milliseconds. */
  at: number
}

export type ChallengeProgress =
  /** The user has to pick one of the offered factors. */
  | { stage: 'picking' }
  /** A factor is picked; its question has to be put. Until it is, `earlier` is the one that stands. */
  | { stage: 'beginning'; factor: FactorSelector; earlier?: { factor: FactorSelector; begun: Begun } }
  | { stage: 'asking'; factor: FactorSelector; begun: Begun }

export interface ChallengeState {
  name: 'challenging'
  /** What may be used to pass, in the order it is shown. Never empty. */
  offered: FactorSelector[]
  progress: ChallengeProgress
  /** Demands after this one. */
  rest: Demand[]
  /** Where the pipeline goes on once every demand is met; `new-password` when the tenant's own rule asked. */
  next: Position | 'new-password'
}

export type FlowState =
  /** The link page is open; nothing has been spent. */
  | { name: 'confirming' }
  /** A leg of the pipeline is running since `since` (Unix time in milliseconds). */
  | { name: 'running'; position: Position; since: number }
  | ChallengeState
  /** The user is to be sent away, or is away. `stateHash` is the hash of the one `state` that may come back. */
  | { name: 'redirecting'; url: string; stateHash?: string; posted?: Record<string, unknown>; next: Position }
  | { name: 'prompting'; prompt: Omit<Extract<Demand, { type: 'prompt' }>, 'type'>; next: Position }
  | { name: 'choosing-password' }
  | { name: 'completed' }
  | { name: 'denied'; reason: string }
  | { name: 'failed'; because: FailureReason }
  | { name: 'expired' }

export type StateName = FlowState['name']

/** Why a journey failed closed. The user sees one text per reason; the author's log has the details. */
export type FailureReason = 'action-failed' | 'no-usable-factor' | 'run-lost' | 'too-many-attempts'

export interface Journey {
  state: FlowState
  passed: PassedFactor[]
  /** The last one an action set, else the ticket's. */
  resultUrl?: string
}

/** What a tenant decides about every journey. */
export interface FlowPolicy {
  resetMfa: 'if-enrolled' | 'actions-only'
  sameChannel: 'when-asked-by-action' | 'always' | 'never'
}
