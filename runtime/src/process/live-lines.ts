/** What a run prints while it is under way, as its process tells it: within the limits of its console, and without gaps. */
import { type LiveLine, mostConsoleLines } from '../bridge/outcome.ts'
import type { RunLimits } from '../limits.ts'

/** Told lines in their order. */
export type Printed = (lines: readonly LiveLine[]) => void

/** Answers false where there is more than the run may print. What does not follow on is left to the report, which has it all. */
export const createLiveLines = ({ outputBytes }: RunLimits, printed: Printed) => {
  let count = 0
  let length = 0
  let expected = 0
  return (first: number, lines: readonly LiveLine[]): boolean => {
    count += lines.length
    for (const { text } of lines) length += text.length
    if (count > mostConsoleLines || length > outputBytes) return false
    if (first === expected) {
      expected += lines.length
      printed(lines)
    }
    return true
  }
}
