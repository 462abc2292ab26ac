import { surroundings } from '../surroundings.ts'

/** Since the run began, in whole milliseconds. Asked of `Date` at the call: what a module reads while it loads is noticed. */
export const elapsedMs = (): number => Math.max(Date.now() - surroundings.startedAtMs, 0)
