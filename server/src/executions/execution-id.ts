/** Execution ids in the vendor's form: 32 base64url characters that end in the base64 of `M` and the date. */
import type { Random } from '../ports.ts'

export const mintExecutionId = (random: Random, now: number): string => {
  const date = new Date(now).toISOString().slice(0, 10).replaceAll('-', '')
  const tail = Buffer.from(`M${date}`).toString('base64url')
  return random.token(15) + tail
}
