/**
 * A few things at once for each tenant; the next ones wait, so many and no more. Who has to wait beyond that is refused: what
 * waits holds memory, and what runs holds a connection, that all tenants share.
 */
export type InTurn = <Result>(tenant: string, work: () => Promise<Result>) => Promise<Result>

interface Line {
  running: number
  waiting: (() => void)[]
}

export const createTurns = ({ atOnce, mostWaiting }: { atOnce: number; mostWaiting: number }): InTurn => {
  const lines = new Map<string, Line>()

  const begin = (line: Line): Promise<void> => {
    if (line.running >= atOnce) return new Promise((resolve) => line.waiting.push(resolve))
    line.running += 1
    return Promise.resolve()
  }

  const end = (tenant: string, line: Line): void => {
    const next = line.waiting.shift()
    // The turn goes on to the next one.
    if (next) next()
    else line.running -= 1
    if (line.running === 0) lines.delete(tenant)
  }

  return async (tenant, work) => {
    const line = lines.get(tenant) ?? { running: 0, waiting: [] }
    if (line.waiting.length >= mostWaiting) throw new Error(`${mostWaiting} others of this tenant wait already.`)
    lines.set(tenant, line)
    await begin(line)
    try {
      return await work()
    } finally {
      end(tenant, line)
    }
  }
}
