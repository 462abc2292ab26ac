/** Random numbers of the host: those of V8 can be guessed. */
import { randomBytes, randomInt, randomUUID, randomUUIDv7 } from 'node:crypto'
import { atMost, guarded } from './cost.ts'
import type { Operations } from './operation.ts'

export const random: Operations = {
  randomBytes: guarded(randomBytes as (size: number) => unknown, ([size]) =>
    atMost(size, 1_048_576, 'The number of random bytes'),
  ),
  randomInt: guarded(randomInt as (min: number, max: number) => unknown, () => {}),
  randomUUID: () => randomUUID(),
  randomUUIDv7: guarded(randomUUIDv7, () => {}),
}
