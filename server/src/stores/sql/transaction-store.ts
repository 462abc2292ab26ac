import type { TransactionStore } from '../../transactions/transaction.ts'
import { pinnedIn, transactionRecord } from '../records/transaction-record.ts'
import type { Database } from './database.ts'

export const createSqlTransactionStore = (db: Database): TransactionStore => {
  const withId = (tenant: string, id: string) =>
    db.selectFrom('transactions').select('record').where('tenant', '=', tenant).where('id', '=', id)

  return {
    async create(tenant, transaction) {
      const { id, revision, expiresAt, createdAt } = transaction
      const content = { revision, expiresAt, record: transactionRecord.encode(transaction) }
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('transactions')
        .values({ tenant, id, ...content })
        .onConflict((stored) =>
          stored.columns(['tenant', 'id']).doUpdateSet(content).where('transactions.expiresAt', '<=', createdAt),
        )
        .executeTakeFirstOrThrow()
      if (numInsertedOrUpdatedRows === 1n) return transaction
      const { record } = await withId(tenant, id).executeTakeFirstOrThrow()
      return transactionRecord.decode(record)
    },

    async load(tenant, id, now) {
      const row = await withId(tenant, id).where('expiresAt', '>', now).executeTakeFirst()
      return row && transactionRecord.decode(row.record)
    },

    async save(tenant, transaction) {
      const { id, revision, expiresAt } = transaction
      const next = { ...transaction, revision: revision + 1 }
      const { numUpdatedRows } = await db
        .updateTable('transactions')
        .set({ revision: next.revision, expiresAt, record: transactionRecord.encode(next) })
        .where('tenant', '=', tenant)
        .where('id', '=', id)
        .where('revision', '=', revision)
        .executeTakeFirstOrThrow()
      return numUpdatedRows === 1n ? next : 'conflict'
    },

    async pinnedVersions(tenant, now) {
      const rows = await db
        .selectFrom('transactions')
        .select('record')
        .where('tenant', '=', tenant)
        .where('expiresAt', '>', now)
        .execute()
      return new Set(rows.flatMap(({ record }) => pinnedIn(record)))
    },
  }
}
