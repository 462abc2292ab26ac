/** The user comes back: what a test says of it, and the event it leads to. */
import { randomBytes } from 'node:crypto'
import type { FactorType } from '../bridge/command.ts'
import { signToken } from '../isolate/token.ts'
import type { Demand } from '../pipeline/execution-result.ts'
import { type EventPatch, patchEvent, type TestEvent } from './build-event.ts'

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

export interface Return {
  /** Parameters of `/continue`, beside `state`. */
  query?: Record<string, string>
  /** Of a form posted to `/continue`; without it, the user comes back by GET. */
  body?: Record<string, string>
  /** A token that the outside page has signed. */
  token?: ReturnToken
  /** What the user has written into the form of `prompt.render`. */
  fields?: Record<string, unknown>
  /** The factor with which each challenge was passed. Default: the first one that the challenge offers. */
  passed?: readonly FactorType[]
  /** What else is different when the user is back. */
  event?: EventPatch
}

export interface ReturnToken {
  secret: string
  /** Beside `state`, `sub`, `iat` and `exp`, which are this redirect's; given here they are what is given. `undefined` leaves one out. */
  claims?: Record<string, Json | undefined>
  /** Default: `session_token`. */
  parameter?: string
  /** Default: in the query. */
  in?: 'query' | 'body'
}

interface Departure {
  event: TestEvent
  demands: readonly Demand[]
  /** Absent where there was no redirect. */
  redirectState?: string
}

/** What a server would make of it: at least 128 random bits. */
export const mintState = (): string => randomBytes(24).toString('base64url')

/** The event of the run that follows. */
export const toReturnEvent = ({ event, demands, redirectState }: Departure, back: Return): TestEvent => {
  const { query, body, event: patch = {} } = back
  const token = back.token && signedBy(back.token, { event, redirectState })
  const inBody = back.token?.in === 'body' ? token : undefined
  const inQuery = back.token?.in === 'body' ? undefined : token
  const isForm = redirectState === undefined || body !== undefined || inBody !== undefined
  const state = redirectState === undefined ? {} : { state: redirectState }
  const prompt = demands.find((demand) => demand.type === 'prompt')
  const passed = passedBy(demands, back.passed)
  const { prompt: _, ...before } = event
  return patchEvent(
    before,
    { authentication: { methods: [...event.authentication.methods, ...passed] } },
    { request: { method: isForm ? 'POST' : 'GET', query: undefined, body: undefined } },
    { request: { query: { ...state, ...query, ...inQuery }, body: { ...body, ...inBody } } },
    prompt ? { prompt: answered(prompt, back.fields) } : {},
    patch,
  )
}

const answered = ({ id, vars }: Extract<Demand, { type: 'prompt' }>, fields: Record<string, unknown> = {}) => ({
  ...{ id, fields },
  ...(vars && { vars }),
})

const signedBy = (
  { secret, claims = {}, parameter = 'session_token' }: ReturnToken,
  { event, redirectState }: { event: TestEvent; redirectState: string | undefined },
): Record<string, string> => {
  const now = Math.floor(Date.now() / 1_000)
  const all = { iat: now, exp: now + lifeSeconds, sub: event.user.user_id, state: redirectState, ...claims }
  return { [parameter]: signToken(all, secret) }
}

const passedBy = (demands: readonly Demand[], passed: readonly FactorType[] = []) =>
  demands
    .filter((demand) => demand.type === 'challenge')
    .map(({ factors }, index) => passed[index] ?? factors[0]?.type ?? 'email')
    .map((type) => ({ name: 'mfa', timestamp: new Date().toISOString(), type }))

const lifeSeconds = 300
