/** Reads what the door's `collect` and `stop` answered. It comes from inside the isolate: `undefined` means that it is broken. */
import type { EgressRequest } from '../bridge/egress.ts'
import type { Collected, Remains, TimerRequest } from '../bridge/guest-door.ts'
import type { GuestError } from '../bridge/outcome.ts'

/** The door's promise as far as the child acts on it; the supervisor checks `settled` in full. */
export interface Gathered {
  timers: TimerRequest[]
  clearedTimers: number[]
  requests: EgressRequest[]
  abandonedRequests: number[]
  ticks: boolean
  settled?: NonNullable<Collected['settled']>
  lateErrors: GuestError[]
  lateErrorsLeftOut: number
}

export const parseCollected = (value: unknown): Gathered | undefined => {
  const parsed = parseJson(value)
  if (!parsed) return undefined
  const {
    timers = [],
    clearedTimers = [],
    requests = [],
    abandonedRequests = [],
    ticks,
    lateErrors = [],
    lateErrorsLeftOut = 0,
    settled,
  } = parsed
  if (!isListOf(timers, isTimerRequest) || !isListOf(clearedTimers, isId)) return undefined
  if (!isListOf(requests, isEgressRequest) || !isListOf(abandonedRequests, isId)) return undefined
  if (!isListOf(lateErrors, isGuestError) || !isId(lateErrorsLeftOut)) return undefined
  const errors = { lateErrors, lateErrorsLeftOut }
  const gathered = { timers, clearedTimers, requests, abandonedRequests, ticks: ticks === true, ...errors }
  if (settled === undefined) return gathered
  if (!isObject(settled)) return undefined
  return { ...gathered, settled: settled as unknown as NonNullable<Collected['settled']> }
}

/** A console that cannot be read is no console: the run has ended anyway. */
export const parseRemains = (value: unknown): Remains => {
  const parsed = parseJson(value)
  if (!parsed || !Array.isArray(parsed.console)) return { console: [], consoleTruncated: false }
  return { console: parsed.console, consoleTruncated: parsed.consoleTruncated === true }
}

/** The largest console (1 MiB), the commands, and ten requests with the largest body; each character escaped. */
const maximumLength = 25_165_824

const parseJson = (value: unknown): Record<string, unknown> | undefined => {
  if (typeof value !== 'string' || value.length > maximumLength) return undefined
  try {
    const parsed: unknown = JSON.parse(value)
    return isObject(parsed) ? parsed : undefined
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isListOf = <Item>(value: unknown, isItem: (item: unknown) => item is Item): value is Item[] =>
  Array.isArray(value) && value.every(isItem)

const isId = (value: unknown): value is number => Number.isSafeInteger(value)

/** The server reads the rest, and believes none of it. */
const isEgressRequest = (value: unknown): value is EgressRequest => isObject(value) && isId(value.id)

const isGuestError = (value: unknown): value is GuestError =>
  isObject(value) && typeof value.name === 'string' && typeof value.message === 'string' && isTextOrNothing(value.stack)

const isTextOrNothing = (value: unknown): boolean => value === undefined || typeof value === 'string'

const isTimerRequest = (value: unknown): value is TimerRequest =>
  isObject(value) && Number.isSafeInteger(value.id) && typeof value.delayMs === 'number'
