/** What a run prints while it is under way, told with the author's lines and with times that can be. */
import type { ConsoleLine, LiveLine } from '../bridge/outcome.ts'
import type { StackMapper } from '../bundle/source-map.ts'
import type { Position, PrintedLines } from './execution-result.ts'

interface Deps {
  position: Position
  startedAt: number
  stacks: StackMapper
  printed: (printed: PrintedLines) => void
}

export interface LiveConsole {
  printed(lines: readonly LiveLine[]): void
  /** Tells what the report has and was not told: all of it, where the process said nothing. */
  end(console: readonly ConsoleLine[]): void
}

export const createLiveConsole = ({ position, startedAt, stacks, printed }: Deps): LiveConsole => {
  const { action, handler } = position
  let count = 0
  let last = startedAt

  const tell = (lines: readonly LiveLine[]) => {
    if (lines.length === 0) return
    const now = Date.now()
    const told = lines.map(({ level, text, at }) => {
      last = Math.max(last, Math.min(at, now))
      return { level, text: stacks.map(text), at: last, index: count++ }
    })
    printed({ action, handler, startedAt, lines: told })
  }

  return {
    printed: tell,
    end: (console) => {
      const at = Date.now()
      tell(console.slice(count).map((line) => ({ ...line, at })))
    },
  }
}
