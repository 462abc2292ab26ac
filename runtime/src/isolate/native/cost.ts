/**
 * What one call may cost. Node's functions run to their end whatever the limits of the run say, so that what they are asked to
 * do has to be bounded beforehand: about half a second of a processor each, and a few times that for what people really use.
 */
import type { Operation } from './operation.ts'

/** Thrown to the author as Node throws what is out of range. */
export class CostError extends RangeError {
  code = 'ERR_OUT_OF_RANGE'
}

export const refuseCost = (message: string): never => {
  throw new CostError(`${message} Actions may use no more.`)
}

export const atMost = (value: unknown, most: number, subject: string): void => {
  if (typeof value === 'number' && value > most) refuseCost(`${subject} may be ${most} at most, not ${value}.`)
}

/** Bytes of a result: it crosses as text, and what is larger does not. */
export const largestResultBytes = 4_194_304

/** What a text or bytes come to at most; 0 for what Node takes as neither. */
export const bytesIn = (value: unknown): number => {
  if (typeof value === 'string') return Buffer.byteLength(value)
  return ArrayBuffer.isView(value) || value instanceof ArrayBuffer ? value.byteLength : 0
}

/** Node's function behind a check of its arguments. */
export const guarded =
  (run: (...args: never[]) => unknown, check: (args: readonly unknown[]) => void): Operation =>
  (args) => {
    check(args)
    return run(...(args as never[]))
  }

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `value` where it is an object: options may be missing or wrong, which Node's function then says. */
export const optionsOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {})
