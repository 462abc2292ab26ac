/** How the user came to the move that is being made: what the handlers of a leg are told. */
import type { RequestFacts } from './request-facts.ts'

export interface Arrival {
  facts: RequestFacts
  /** The `state` the user came back with from a redirect. */
  redirectState?: string
  /** The form the user has filled in for an action. */
  prompt?: { id: string; fields?: Record<string, unknown>; vars?: Record<string, unknown> }
}
