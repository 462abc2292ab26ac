import type { EgressCall } from '../../ports.ts'

/** One request of the action, as it would have gone out or has. */
export interface SentRequest {
  method: string
  url: string
  /** By lower-case names. */
  headers: Record<string, string>
  /** As text; absent where the request has none. */
  body?: string
  /** Of the answer; absent where there was none. */
  status?: number
  /** Why there was none: the code the action reads as `error.cause.code`, and the reason. */
  error?: string
}

export const toSentRequest = ({ method, url, headers, body }: EgressCall): SentRequest => ({
  method,
  url,
  headers: Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
  ...(body && { body: Buffer.from(body).toString() }),
})
