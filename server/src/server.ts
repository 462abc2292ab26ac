/** Starts everything a configuration asks for, and ends it in the opposite order. */
import type { Server as SecureServer } from 'node:https'
import { createRuntime, type Observer } from '@interlock/runtime'
import { openAdapters } from './adapters.ts'
import { createApp } from './app.ts'
import { composeAccess } from './compose-access.ts'
import { composeManagement } from './compose-management.ts'
import { composeSteps } from './compose-steps.ts'
import type { Config } from './config.ts'
import { resolveSecrets } from './development-secrets.ts'
import { createEgress } from './egress/egress.ts'
import { listen } from './listen.ts'
import { createLogger } from './logger.ts'
import { prepareOwnFolder } from './own-folder.ts'
import type { Clock, Logger } from './ports.ts'
import { renewWithFiles } from './tls.ts'

export interface StartedServer {
  port: number
  /** Takes no new requests, lets the open ones end, then closes sandbox processes and stores. */
  close(): Promise<void>
}

/** Rejects with what is wrong; nothing is left running then. */
export const startServer = async (config: Config, replaced: { clock?: Clock } = {}): Promise<StartedServer> => {
  prepareOwnFolder(config.dataDir)
  const { operatorToken, encryptionKeys } = resolveSecrets(config)
  const logger = createLogger(config.logLevel)
  const adapters = await openAdapters({ config, encryptionKeys, logger, ...replaced })
  const egress = createEgress(adapters.guard)
  const observer = observeRuntime(logger)
  const { preparations, dependencies } = adapters
  const options = { ...sandboxSize(config), egress, observer, preparations, dependencies }
  const runtime = await createRuntime(options).catch(async (error: unknown) => {
    await adapters.close()
    throw error
  })
  const close = async (): Promise<void> => {
    await runtime.close()
    await adapters.close()
  }
  try {
    const steps = composeSteps(adapters, runtime)
    const access = composeAccess(adapters)
    const management = composeManagement(adapters, runtime)
    await management.builder.resume()
    const app = await createApp({ config, adapters, access, management, steps, runtime, operatorToken, logger })
    const port = await listen(app, config)
    adapters.ownPorts.push(port)
    const renewal = config.tls && renewWithFiles(app.server as SecureServer, config.tls, logger)
    return {
      port,
      async close() {
        renewal?.close()
        await app.close()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

const sandboxSize = ({ sandboxProcesses, sandboxMemoryMb }: Config) => ({
  ...(sandboxProcesses !== undefined && { processes: sandboxProcesses }),
  ...(sandboxMemoryMb !== undefined && { memoryMb: sandboxMemoryMb }),
})

/** What concerns the operator; runs are logged with their executions. */
const observeRuntime = (logger: Logger): Observer => ({
  confined: (layers) => {
    for (const { name, reason, active } of layers)
      if (!active) logger.warn({ layer: name, reason }, 'this system lacks a layer around sandbox processes')
  },
  breakerOpened: (opening) =>
    logger.warn({ ...opening }, 'sandbox processes of a tenant keep being lost: its runs are refused'),
  breakerClosed: (tenant) => logger.info({ tenant }, 'runs of the tenant pass again'),
  preparationLost: (loss) => logger.warn({ ...loss }, 'what was prepared of a version could not be looked up or kept'),
  versionPrepared: (version) => logger.info({ ...version }, 'a version that is dear to load was prepared'),
  processFailed: (failure) => logger.error({ ...failure }, 'a sandbox process could not be started'),
})
