/** The whole server in the test's own process, on a free loopback port, with real sandbox processes and real stores. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseConfig } from '../../server/src/config.ts'
import { startServer } from '../../server/src/server.ts'

export interface RunningServer {
  port: number
  operatorToken: string
  /** Moves the server's clock forward. */
  advanceClock(milliseconds: number): void
  stop(): Promise<void>
}

export const operatorToken = 'operator-token-of-the-tests-0123456789'

export const startTestServer = async (environment: Record<string, string> = {}): Promise<RunningServer> => {
  const dataDir = environment.DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'interlock-')))
  let offset = 0
  const config = parseConfig({
    PORT: '0',
    DATA_DIR: dataDir,
    OPERATOR_TOKEN: operatorToken,
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    SANDBOX_PROCESSES: '2',
    ...environment,
  })
  const server = await startServer(config, { clock: { now: () => Date.now() + offset } })
  return {
    port: server.port,
    operatorToken,
    advanceClock(milliseconds) {
      offset += milliseconds
    },
    async stop() {
      await server.close()
      if (!environment.DATA_DIR) await rm(dataDir, { recursive: true, force: true })
    },
  }
}
