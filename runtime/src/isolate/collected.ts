/** Reads what the door's `collect` and `stop` answered. It comes from inside the isolate: `undefined` means that it is broken. */
import type { Collected, Remains, TimerRequest } from '../bridge/guest-door.ts'

/** The door's promise as far as the child acts on it; the supervisor checks `settled` in full. */
export interface Gathered {
  timers: TimerRequest[]
  clearedTimers: number[]
  settled?: NonNullable<Collected['settled']>
}

export const parseCollected = (value: unknown): Gathered | undefined => {
  const parsed = parseJson(value)
  if (!parsed) return undefined
  const { timers = [], clearedTimers = [], settled } = parsed
  if (!Array.isArray(timers) || !timers.every(isTimerRequest)) return undefined
  if (!Array.isArray(clearedTimers) || !clearedTimers.every(Number.isSafeInteger)) return undefined
  if (settled === undefined) return { timers, clearedTimers }
  if (!isObject(settled)) return undefined
  return { timers, clearedTimers, settled: settled as unknown as NonNullable<Collected['settled']> }
}

/** A console that cannot be read is no console: the run has ended anyway. */
export const parseRemains = (value: unknown): Remains => {
  const parsed = parseJson(value)
  if (!parsed || !Array.isArray(parsed.console)) return { console: [], consoleTruncated: false }
  return { console: parsed.console, consoleTruncated: parsed.consoleTruncated === true }
}

/** The largest console (1 MiB, each character escaped) and the commands. */
const maximumLength = 8_388_608

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

const isTimerRequest = (value: unknown): value is TimerRequest =>
  isObject(value) && Number.isSafeInteger(value.id) && typeof value.delayMs === 'number'
