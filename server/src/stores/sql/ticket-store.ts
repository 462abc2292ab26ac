import type { TicketStore } from '../../tickets/ticket.ts'
import { ticketRecord, toTicket } from '../records/ticket-record.ts'
import type { Database } from './database.ts'

export const createSqlTicketStore = (db: Database): TicketStore => ({
  async mint(tenant, ticket) {
    const { redeemedBy = null, ...record } = ticket
    const { hash, purpose, userId, expiresAt } = ticket
    const content = { hash, redeemedBy, expiresAt, record: ticketRecord.encode(record) }
    await db
      .insertInto('tickets')
      .values({ tenant, userId, purpose, ...content })
      .onConflict((earlier) => earlier.columns(['tenant', 'userId', 'purpose']).doUpdateSet(content))
      .execute()
  },

  async find(tenant, hash, now) {
    const row = await db
      .selectFrom('tickets')
      .select(['record', 'redeemedBy'])
      .where('tenant', '=', tenant)
      .where('hash', '=', hash)
      .where('expiresAt', '>', now)
      .executeTakeFirst()
    return row && toTicket(row.record, row.redeemedBy)
  },

  async redeem(tenant, hash, by, now) {
    const row = await db
      .updateTable('tickets')
      .set({ redeemedBy: by })
      .where('tenant', '=', tenant)
      .where('hash', '=', hash)
      .where('expiresAt', '>', now)
      .where(({ eb, or }) => or([eb('redeemedBy', 'is', null), eb('redeemedBy', '=', by)]))
      .returning('record')
      .executeTakeFirst()
    return row && toTicket(row.record, by)
  },

  async revokeAll(tenant, userId) {
    await db.deleteFrom('tickets').where('tenant', '=', tenant).where('userId', '=', userId).execute()
  },
})
