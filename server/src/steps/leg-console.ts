/** What the actions of one leg print, on its way to who follows the tenant; the execution log gets it in any case. */
import type { PrintedLines, RunReport } from '@interlock/runtime'
import type { ConsoleFeed } from '../logs/console-feed.ts'
import type { Clock } from '../ports.ts'
import type { Transaction } from '../transactions/transaction.ts'

interface Options {
  consoleFeed: ConsoleFeed
  clock: Clock
  tenant: string
  transaction: Pick<Transaction, 'executionId' | 'pinned'>
}

export interface LegConsole {
  /** For the runtime, where somebody follows the tenant now: nobody else's lines travel while they are printed. */
  printed?: (printed: PrintedLines) => void
  /** Who has come meanwhile gets all of the leg at its end. */
  end(runs: readonly RunReport[]): void
}

export const openLegConsole = ({ consoleFeed, clock, tenant, transaction }: Options): LegConsole => {
  const { executionId, pinned } = transaction
  if (executionId === undefined) return { end: () => {} }

  const print = ({ action, handler, startedAt, lines }: PrintedLines): void => {
    const { actionId = '', name: actionName = '', versionId = '' } = pinned[action] ?? {}
    const run = { executionId, actionId, actionName, versionId, handler, startedAt }
    consoleFeed.print(
      tenant,
      lines.map((line) => ({ ...run, ...line })),
    )
  }

  if (consoleFeed.isFollowed(tenant)) return { printed: print, end: () => {} }
  return {
    end: (runs) => {
      if (!consoleFeed.isFollowed(tenant)) return
      for (const { console, ...run } of runs)
        print({ ...run, lines: console.map((line, index) => ({ ...line, index, at: clock.now() })) })
    },
  }
}
