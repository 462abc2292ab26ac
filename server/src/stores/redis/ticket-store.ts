/**
 * A ticket lies under its user and purpose, where there is one place only: a new ticket replaces the earlier one, and
 * redeeming touches a single key. Its hash leads there; that pointer is written once and proves nothing by itself.
 */
import { z } from 'zod'
import type { Ticket, TicketStore } from '../../tickets/ticket.ts'
import { storedRecord } from '../records/stored-record.ts'
import { ticketRecord, toTicket } from '../records/ticket-record.ts'
import { key } from './key.ts'
import { loadScript, type RedisConnection } from './script.ts'

type Owner = Pick<Ticket, 'userId' | 'purpose'>

const purposes = ['reset', 'enroll'] as const satisfies readonly Ticket['purpose'][]

const owner = storedRecord<Owner>('ticket owner', {
  version: 1,
  schema: z.strictObject({ userId: z.string(), purpose: z.enum(purposes) }),
})

const pointerKey = (tenant: string, hash: string) => key(tenant, 'ticket', hash)
const newestKey = (tenant: string, { userId, purpose }: Owner) => key(tenant, 'newest-ticket', userId, purpose)

export const createRedisTicketStore = (redis: RedisConnection): TicketStore => {
  const mint = loadScript(redis, 'mint-ticket')
  const redeem = loadScript(redis, 'redeem-ticket')

  const locate = async (tenant: string, hash: string): Promise<string | undefined> => {
    const text = await redis.get(pointerKey(tenant, hash))
    return text === null ? undefined : newestKey(tenant, owner.decode(text))
  }

  return {
    async mint(tenant, ticket) {
      const { redeemedBy = '', ...record } = ticket
      const { hash, userId, purpose, expiresAt } = ticket
      await mint(
        [pointerKey(tenant, hash), newestKey(tenant, ticket)],
        [owner.encode({ userId, purpose }), hash, ticketRecord.encode(record), redeemedBy, expiresAt],
      )
    },

    async find(tenant, hash, now) {
      const newest = await locate(tenant, hash)
      if (newest === undefined) return undefined
      const [storedHash, record, redeemedBy] = await redis.hmget(newest, 'hash', 'record', 'redeemed_by')
      if (storedHash !== hash || record == null) return undefined
      const ticket = toTicket(record, redeemedBy)
      return ticket.expiresAt > now ? ticket : undefined
    },

    async redeem(tenant, hash, by, now) {
      const newest = await locate(tenant, hash)
      if (newest === undefined) return undefined
      const record = await redeem([newest], [hash, by, now])
      return typeof record === 'string' ? toTicket(record, by) : undefined
    },

    async revokeAll(tenant, userId) {
      await redis.del(...purposes.map((purpose) => newestKey(tenant, { userId, purpose })))
    },
  }
}
