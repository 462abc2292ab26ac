/** The server as a process: configuration from the environment, an orderly end on SIGINT and SIGTERM. */
import { ConfigError, parseConfig } from './config.ts'
import { startServer } from './server.ts'

const fail = (error: unknown): never => {
  console.error(
    error instanceof ConfigError ? `The server cannot start with this configuration:\n${error.message}` : error,
  )
  process.exit(1)
}

const server = await Promise.resolve()
  .then(() => startServer(parseConfig(process.env)))
  .catch(fail)

const stop = (): void => {
  server.close().then(() => process.exit(0), fail)
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)
