/** What streams need of `process`. */
import { surroundings } from '../../surroundings.ts'

export const nextTick = <Args extends unknown[]>(callback: (...args: Args) => unknown, ...args: Args): void =>
  surroundings.nextTick(callback as (...args: unknown[]) => unknown, args)
