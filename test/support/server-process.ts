/** The server as operators run it: a process of its own, which a test may kill at any moment. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { operatorToken } from './server.ts'

const main = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url))

export interface ServerProcess {
  pid: number
  port: number
  operatorToken: string
  /** Log lines so far. */
  log(): readonly string[]
  /** Ends it with SIGKILL: no handler of ours runs. */
  kill(): Promise<void>
  /** Ends it with SIGTERM, as a service manager does. Resolves with the exit code. */
  stop(): Promise<number | null>
}

export interface ProcessSettings {
  port: number
  dataDir: string
  environment?: Record<string, string>
}

/** Resolves when the server listens; rejects with what it printed when it ends before that. */
export const startServerProcess = async ({
  port,
  dataDir,
  environment = {},
}: ProcessSettings): Promise<ServerProcess> => {
  const child = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATA_DIR: dataDir,
      OPERATOR_TOKEN: operatorToken,
      SANDBOX_PROCESSES: '2',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit') as Promise<[number | null]>
  const lines: string[] = []
  const listening = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line)
        if (line.includes('Server listening')) resolve()
      })
    }
  })
  const failed = ended.then(() => {
    throw new Error(`The server ended before it listened:\n${lines.join('\n')}`)
  })
  await Promise.race([listening, failed])
  failed.catch(() => {})
  return {
    pid: child.pid ?? 0,
    port,
    operatorToken,
    log: () => lines,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
    async stop() {
      child.kill('SIGTERM')
      const [code] = await ended
      return code
    },
  }
}
