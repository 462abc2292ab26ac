/** What actions did on a server, as it happens. Only a server in development tells it, and only to its own machine. */
import { setTimeout as delay } from 'node:timers/promises'
import type { ConsoleLine } from '../../bridge/outcome.ts'
import { describeLine } from '../../testing/describe-run.ts'
import { serverEvents } from './server-events.ts'

export interface ToldRun {
  action_id: string
  action_name: string
  handler: string
  started_at: string
  outcome: string
  error?: { msg: string }
  warnings: string[]
  console: ConsoleLine[]
  egress: { host: string; method: string; status?: number; error?: string }[]
  stats: { wall_ms: number; cpu_ms: number }
}

interface Told {
  tenant: string
  id: string
  results: ToldRun[]
}

export interface Tail {
  origin: string
  /** Runs of other tenants are left out. */
  tenant: string | undefined
  signal: AbortSignal
  told(run: ToldRun, executionId: string): void
}

/** Resolves with false where the server does not tell, and when the signal aborts. A server that restarts is listened to again. */
export const tail = async ({ origin, tenant, signal, told }: Tail): Promise<boolean> => {
  while (!signal.aborted) {
    try {
      // biome-ignore lint/style/noRestrictedGlobals: the author's own tool talks to the author's own server
      const response = await fetch(`${origin}/dev/executions`, { signal })
      if (!response.ok || !response.body) return false
      for await (const { data } of serverEvents(response.body)) {
        const { tenant: whose, id, results } = JSON.parse(data) as Told
        if (tenant === undefined || tenant === whose) for (const run of results) told(run, id)
      }
    } catch {
      // Whatever cut the connection: it is made anew until the command ends.
    }
    await delay(againMs, undefined, { signal }).catch(() => {})
  }
  return true
}

export const describeToldRun = (run: ToldRun): string => {
  const { action_name, handler, outcome, stats } = run
  const headline = `${action_name} ${handler} ${outcome} (${stats.cpu_ms.toFixed(1)} ms processor, ${stats.wall_ms.toFixed(0)} ms)`
  const requests = run.egress.map(({ method, host, status, error }) => `${method} ${host} → ${error ?? status}`)
  const warnings = run.warnings.map((text) => `warning: ${text}`)
  const lines = [...run.console.map(describeLine), ...requests, ...warnings, ...(run.error ? [run.error.msg] : [])]
  return [headline, ...lines.map((line) => `    ${line.replaceAll('\n', '\n    ')}`)].join('\n')
}

const againMs = 1_000
