import type { Clock } from '../ports.ts'

// biome-ignore lint/nursery/noJsRestrictedProperties: this is the port's adapter
export const systemClock: Clock = { now: () => Date.now() }
