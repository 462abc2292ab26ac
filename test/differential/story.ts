/** What is compared: everything an author can tell apart from outside, in one form for both ways of running an action. */

export type HandlerName = 'onExecutePostChallenge' | 'onContinuePostChallenge'

/** One handler to be run, with all it depends on. Plain data: it crosses to another process. */
export interface Leg {
  /** Path of the action's file. */
  file: string
  handler: HandlerName
  /** Without `secrets`. */
  event: Record<string, unknown>
  secrets: Record<string, string>
  cache: Record<string, { value: string; expires_at: number }>
  /** The `state` of the redirect the user comes back from. */
  redirectState?: string
  /** Packages that have another name here than in the action: `{ axios: 'axios-0' }`. */
  aliases: Record<string, string>
}

export type RecordedCommand = { type: string } & Record<string, unknown>

/** How one handler ended. */
export interface LegEnd {
  ending: string
  error?: { name: string; message: string; code?: string }
  /** Empty unless it completed. */
  commands: RecordedCommand[]
  console: { level: string; text: string }[]
  /** Unix time in milliseconds. */
  startedAt: number
}

/** A request as a server receives it. */
export interface SeenRequest {
  method: string
  url: string
  headers: Record<string, string | string[] | undefined>
  body: string
}

export type RunLeg = (leg: Leg) => Promise<LegEnd>
