/**
 * How much of each run's console stands in the terminal: its lines come one by one while it runs, and all of them with its
 * end, by another connection. Whichever comes first is shown.
 */
export interface ShownLines {
  /** Lines of the run up to `count` are about to be shown; answers how many of them are already. */
  upTo(run: RunName, count: number): number
}

/** What names a handler run at both places. */
export interface RunName {
  execution_id: string
  action_id: string
  handler: string
  started_at: string
}

export const createShownLines = (): ShownLines => {
  const counts = new Map<string, number>()
  return {
    upTo: ({ execution_id, action_id, handler, started_at }, count) => {
      const name = [execution_id, action_id, handler, started_at].join(' ')
      const before = counts.get(name) ?? 0
      counts.delete(name)
      counts.set(name, Math.max(before, count))
      const [oldest] = counts.keys()
      if (counts.size > mostRuns && oldest !== undefined) counts.delete(oldest)
      return before
    },
  }
}

/** Beyond it the oldest is forgotten: it has ended long ago. */
const mostRuns = 1_000
