/** Everything outside of the core, opened once: stores on their engines, mail, phone, clock and chance. */
import { join } from 'node:path'
import { createDependencies } from '@interlock/runtime'
import { Redis } from 'ioredis'
import { createActionCatalogue } from './actions/create-catalogue.ts'
import { createBackground } from './background.ts'
import { type Config, ConfigError } from './config.ts'
import { systemClock } from './crypto/clock.ts'
import { parseEncryptionKeys } from './crypto/encryption-keys.ts'
import { systemRandom } from './crypto/random.ts'
import { createVault } from './crypto/vault.ts'
import { parseCidr } from './egress/address-policy.ts'
import type { Guard } from './egress/checked-addresses.ts'
import { createGuardedSocket } from './egress/guarded-socket.ts'
import { createResolveHost } from './egress/resolve-host.ts'
import { announced, createExecutionFeed } from './executions/execution-feed.ts'
import { createConsoleFeed } from './logs/console-feed.ts'
import { createLocalLiveLog } from './logs/live-log.ts'
import { createLogQueue } from './logs/log-queue.ts'
import { createOutbox, type Outbox } from './mail/outbox.ts'
import { createRenderTurns } from './mail/render-in-turn.ts'
import { createSmtpMailer } from './mail/smtp.ts'
import { createTenantMailer } from './mail/tenant-smtp.ts'
import { createPhoneWebhook } from './phone/webhook.ts'
import type { Clock, Logger, Mailer, PhoneSender } from './ports.ts'
import { createRedisLiveLog } from './stores/redis/live-log.ts'
import { createRedisStores } from './stores/redis/redis-stores.ts'
import { createSqlBindingStore } from './stores/sql/action-binding-store.ts'
import { createSqlActionStore } from './stores/sql/action-store.ts'
import { createSqlActionVersionStore } from './stores/sql/action-version-store.ts'
import { createSqlAddTenant } from './stores/sql/add-tenant.ts'
import { type Database, openSqlite } from './stores/sql/database.ts'
import { createSqlEdits } from './stores/sql/edits.ts'
import { createSqlPreparationStore } from './stores/sql/preparation-store.ts'
import { removeExpired } from './stores/sql/remove-expired.ts'
import { createSqlSigningKeyStore } from './stores/sql/signing-key-store.ts'
import { createSqlStores } from './stores/sql/sql-stores.ts'

interface Settings {
  config: Config
  encryptionKeys: string
  logger: Logger
  clock?: Clock
}

interface Senders {
  mailer: Mailer
  /** Absent in production without a gateway: phone factors then cannot be used. */
  phone: PhoneSender | undefined
  /** Only in development. */
  outbox: Outbox | undefined
}

const openSenders = ({ smtpUrl, mailFrom, phoneWebhookUrl, mode }: Config, clock: Clock): Senders => {
  const outbox = mode === 'development' ? createOutbox(clock) : undefined
  const smtp = smtpUrl ? createSmtpMailer({ url: smtpUrl, from: mailFrom }) : undefined
  const mailer = smtp ?? outbox?.mailer
  if (!mailer) throw new Error('Mail has no way out: SMTP_URL is not set.')
  return {
    mailer,
    phone: phoneWebhookUrl ? createPhoneWebhook(phoneWebhookUrl) : outbox?.phone,
    outbox,
  }
}

const openRedis = async (url: string, logger: Logger): Promise<Redis> => {
  // A reset that cannot reach its state must fail now, not when Redis is back.
  const redis = new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, lazyConnect: true })
  redis.on('error', (error) => logger.error({ error }, 'redis'))
  await redis.connect().catch(() => {
    redis.disconnect()
    throw new ConfigError('REDIS_URL: there is no connection to it')
  })
  return redis
}

const megabyte = 1_048_576

const openDependencies = ({ npmRegistryUrl: registryUrl, npmCacheMb, dataDir }: Config) =>
  createDependencies({
    ...(registryUrl !== undefined && { registryUrl }),
    folder: join(dataDir, 'packages'),
    cacheBytes: npmCacheMb * megabyte,
  })

const expirySweepMs = 60_000

const sweepExpired = (db: Database, { clock, logger }: { clock: Clock; logger: Logger }): NodeJS.Timeout =>
  setInterval(() => {
    removeExpired(db, clock.now()).catch((error: unknown) =>
      logger.error({ error }, 'expired records were not removed'),
    )
  }, expirySweepMs).unref()

/** What decides where tenants may have this server connect to. `ownPorts` is filled once it listens. */
const createGuard = ({ egressAllowCidrs }: Config, ownPorts: readonly number[]): Guard => ({
  resolveHost: createResolveHost(),
  opened: egressAllowCidrs.map(parseCidr),
  ownPorts: () => ownPorts,
})

export const openAdapters = async ({ config, encryptionKeys, logger, clock = systemClock }: Settings) => {
  const vault = createVault(parseEncryptionKeys(encryptionKeys))
  const db = await openSqlite(join(config.dataDir, 'interlock.db'))
  const openedRedis = config.redisUrl ? openRedis(config.redisUrl, logger) : undefined
  const redis = await openedRedis?.catch(async (error: unknown) => {
    await db.destroy()
    throw error
  })
  const senders = openSenders(config, clock)
  const sweep = sweepExpired(db, { clock, logger })
  const background = createBackground(logger)
  const bindings = createSqlBindingStore(db)
  const versions = createSqlActionVersionStore(db)
  const stores = createSqlStores(db, { vault })
  const executionFeed = config.mode === 'development' ? createExecutionFeed() : undefined
  const liveLog = redis ? createRedisLiveLog(redis, { server: systemRandom.token(16) }) : createLocalLiveLog()
  const stored = (tenant: string) => void liveLog.tell(tenant, 'stored', null)
  const tenantLog = createLogQueue({ ...stores, clock, logger, stored })
  const ownPorts: number[] = []
  const guard = createGuard(config, ownPorts)
  const connectSocket = createGuardedSocket(guard)
  const mailer = createTenantMailer({ ...stores, connectSocket, tenantLog, operatorsMailer: senders.mailer })
  return {
    ...stores,
    executions: executionFeed ? announced(stores.executions, executionFeed) : stores.executions,
    /** Only in development. */
    executionFeed,
    tenantLog,
    liveLog,
    consoleFeed: createConsoleFeed(liveLog),
    ...(redis ? createRedisStores(redis) : {}),
    ...senders,
    mailer,
    renderTurns: createRenderTurns(),
    guard,
    ownPorts,
    addTenant: createSqlAddTenant(db),
    ...createSqlEdits(db),
    actions: createSqlActionStore(db),
    versions,
    bindings,
    catalogue: createActionCatalogue({ bindings, versions, vault }),
    preparations: createSqlPreparationStore(db, clock),
    dependencies: openDependencies(config),
    signingKeys: createSqlSigningKeyStore(db),
    vault,
    background,
    clock,
    random: systemRandom,
    logger,
    async checkStores() {
      await db.selectFrom('tenants').select('name').limit(1).execute()
      await redis?.ping()
    },
    async close() {
      clearInterval(sweep)
      await background.settled()
      await tenantLog.close()
      liveLog.close()
      redis?.disconnect()
      await db.destroy()
    },
  }
}
export type Adapters = Awaited<ReturnType<typeof openAdapters>>
