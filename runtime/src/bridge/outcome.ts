/** How one handler run ended. Logs, metrics and APIs use these words and no others. */
import { z } from 'zod'
import { boundedList } from './bounded-list.ts'

export const endings = [
  'completed',
  'threw',
  'exceeded-cpu',
  'exceeded-wall',
  'exceeded-heap',
  'exceeded-output',
  'refused',
  'crashed',
  'canceled',
  'throttled',
] as const
export type Ending = (typeof endings)[number]

/** An error of the author's code as data: no instance ever crosses. `stack` is mapped to the author's lines on the host. */
export const guestError = z.strictObject({
  name: z.string().max(256),
  message: z.string().max(2_048),
  code: z.string().max(256).optional(),
  stack: z.string().max(8_192).optional(),
})
export type GuestError = z.infer<typeof guestError>

export const consoleLevels = ['debug', 'log', 'info', 'warn', 'error'] as const
export const consoleLine = z.strictObject({ level: z.enum(consoleLevels), text: z.string() })
export type ConsoleLine = z.infer<typeof consoleLine>

/** Empty lines cost no text, so their number has a bound of its own. The guest keeps the same. */
export const mostConsoleLines = 10_000
export const consoleLines = boundedList(consoleLine, mostConsoleLines)

/** A line as it travels while its run is under way. `at`: Unix time in milliseconds. */
export const liveLine = z.strictObject({ ...consoleLine.shape, at: z.int().nonnegative() })
export type LiveLine = z.infer<typeof liveLine>
export const liveLines = boundedList(liveLine, mostConsoleLines)
