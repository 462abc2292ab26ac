import type { Transaction, TransactionStore } from '../../transactions/transaction.ts'
import { transactionRecord } from '../records/transaction-record.ts'
import { key } from './key.ts'
import { loadScript, type RedisConnection } from './script.ts'

/** A sorted set: each version by when the last transaction that has pinned it expires. */
const pinnedKey = (tenant: string) => key(tenant, 'pinned-versions')
const versionsOf = ({ pinned }: Transaction) => pinned.map(({ versionId }) => versionId)
const transactionKey = (tenant: string, id: string) => key(tenant, 'transaction', id)

export const createRedisTransactionStore = (redis: RedisConnection): TransactionStore => {
  const create = loadScript(redis, 'create-transaction')
  const save = loadScript(redis, 'save-transaction')

  return {
    async create(tenant, transaction) {
      const { id, revision, expiresAt, createdAt } = transaction
      const stored = await create(
        [transactionKey(tenant, id), pinnedKey(tenant)],
        [revision, transactionRecord.encode(transaction), expiresAt, createdAt, ...versionsOf(transaction)],
      )
      return typeof stored === 'string' ? transactionRecord.decode(stored) : transaction
    },

    async load(tenant, id, now) {
      const text = await redis.hget(transactionKey(tenant, id), 'record')
      if (text === null) return undefined
      const transaction = transactionRecord.decode(text)
      return transaction.expiresAt > now ? transaction : undefined
    },

    async save(tenant, transaction) {
      const { id, revision, expiresAt } = transaction
      const next = { ...transaction, revision: revision + 1 }
      const saved = await save(
        [transactionKey(tenant, id), pinnedKey(tenant)],
        [revision, next.revision, transactionRecord.encode(next), expiresAt, ...versionsOf(next)],
      )
      return saved === 1 ? next : 'conflict'
    },

    async pinnedVersions(tenant, now) {
      await redis.zremrangebyscore(pinnedKey(tenant), '-inf', `${now}`)
      return new Set(await redis.zrange(pinnedKey(tenant), '0', '-1'))
    },
  }
}
