import { describe, expect, test } from 'vitest'
import type { Ticket } from '../../server/src/tickets/ticket.ts'
import {
  awkwardTexts,
  minute,
  now,
  type OpenEngine,
  otherTenant,
  race,
  type ShortLivedStores,
  tenant,
  useEngine,
} from './engine.ts'

export const aTicket = (over: Partial<Ticket> = {}): Ticket => ({
  hash: 'hash-1',
  purpose: 'reset',
  userId: 'auth0|1',
  account: { email: 'anna@example.com', createdAt: now - 9, passwordChangedAt: now - 8 },
  uiLocales: ['de', 'en'],
  marksEmailVerified: true,
  includesEmailInRedirect: false,
  createdAt: now,
  expiresAt: now + minute,
  ...over,
})

export const ticketContract = (open: OpenEngine<Pick<ShortLivedStores, 'tickets'>>) =>
  describe('tickets', () => {
    const nodes = useEngine(open)

    test('a ticket comes back as it was minted', async () => {
      const full = aTicket({ clientId: 'client', resultUrl: 'https://example.com/?a=1#b', enrolls: 'totp' })
      await nodes.one.tickets.mint(tenant, full)
      expect(await nodes.two.tickets.find(tenant, full.hash, now)).toEqual(full)
    })

    test('a second tenant finds, redeems and revokes nothing', async () => {
      const ticket = aTicket()
      await nodes.one.tickets.mint(tenant, ticket)
      expect(await nodes.one.tickets.find(otherTenant, ticket.hash, now)).toBeUndefined()
      expect(await nodes.one.tickets.redeem(otherTenant, ticket.hash, 'browser', now)).toBeUndefined()
      await nodes.one.tickets.revokeAll(otherTenant, ticket.userId)
      expect(await nodes.one.tickets.find(tenant, ticket.hash, now)).toEqual(ticket)
    })

    test('an unknown ticket is neither found nor redeemed', async () => {
      expect(await nodes.one.tickets.find(tenant, 'no-such', now)).toBeUndefined()
      expect(await nodes.one.tickets.redeem(tenant, 'no-such', 'browser', now)).toBeUndefined()
    })

    test('reading a ticket does not spend it', async () => {
      const ticket = aTicket()
      await nodes.one.tickets.mint(tenant, ticket)
      await race(nodes, ({ tickets }) => tickets.find(tenant, ticket.hash, now))
      expect(await nodes.one.tickets.redeem(tenant, ticket.hash, 'browser', now)).toBeDefined()
    })

    test('of twenty browsers at once exactly one redeems', async () => {
      const ticket = aTicket()
      await nodes.one.tickets.mint(tenant, ticket)
      const redeemed = await race(nodes, ({ tickets }, index) =>
        tickets.redeem(tenant, ticket.hash, `browser-${index}`, now),
      )
      const winners = redeemed.filter((won) => won !== undefined)
      expect(winners).toHaveLength(1)
      expect(await nodes.two.tickets.find(tenant, ticket.hash, now)).toEqual(winners[0])
    })

    test('whoever redeemed a ticket may redeem it again, nobody else', async () => {
      const ticket = aTicket()
      await nodes.one.tickets.mint(tenant, ticket)
      const first = await nodes.one.tickets.redeem(tenant, ticket.hash, 'browser', now)
      expect(first).toEqual({ ...ticket, redeemedBy: 'browser' })
      expect(await nodes.two.tickets.redeem(tenant, ticket.hash, 'browser', now + 1)).toEqual(first)
      expect(await nodes.two.tickets.redeem(tenant, ticket.hash, 'another', now + 1)).toBeUndefined()
    })

    test('a ticket ends with its last millisecond, for its redeemer too', async () => {
      const ticket = aTicket()
      await nodes.one.tickets.mint(tenant, ticket)
      expect(await nodes.one.tickets.redeem(tenant, ticket.hash, 'browser', ticket.expiresAt - 1)).toBeDefined()
      expect(await nodes.one.tickets.find(tenant, ticket.hash, ticket.expiresAt)).toBeUndefined()
      expect(await nodes.one.tickets.redeem(tenant, ticket.hash, 'browser', ticket.expiresAt)).toBeUndefined()
    })

    test('a new ticket kills the earlier one, redeemed or not', async () => {
      for (const before of ['open', 'redeemed']) {
        const [earlier, later] = [aTicket({ hash: `${before}-earlier` }), aTicket({ hash: `${before}-later` })]
        await nodes.one.tickets.mint(tenant, earlier)
        if (before === 'redeemed') await nodes.one.tickets.redeem(tenant, earlier.hash, 'browser', now)
        await nodes.two.tickets.mint(tenant, later)
        expect(await nodes.one.tickets.find(tenant, earlier.hash, now)).toBeUndefined()
        expect(await nodes.one.tickets.redeem(tenant, earlier.hash, 'browser', now)).toBeUndefined()
        expect(await nodes.one.tickets.find(tenant, later.hash, now)).toEqual(later)
      }
    })

    test('a new ticket leaves those of another purpose and of other users alone', async () => {
      const others = [aTicket({ hash: 'enroll', purpose: 'enroll' }), aTicket({ hash: 'other', userId: 'auth0|2' })]
      for (const other of others) await nodes.one.tickets.mint(tenant, other)
      await nodes.one.tickets.mint(tenant, aTicket())
      for (const other of others) expect(await nodes.one.tickets.find(tenant, other.hash, now)).toEqual(other)
    })

    test('of twenty tickets minted at once exactly one is alive', async () => {
      const hashes = await race(nodes, async ({ tickets }, index) => {
        await tickets.mint(tenant, aTicket({ hash: `hash-${index}` }))
        return `hash-${index}`
      })
      const found = await Promise.all(hashes.map((hash) => nodes.one.tickets.find(tenant, hash, now)))
      expect(found.filter((ticket) => ticket !== undefined)).toHaveLength(1)
    })

    test('revoking drops the tickets of every purpose of that user only', async () => {
      const [reset, enroll] = [aTicket({ hash: 'reset' }), aTicket({ hash: 'enroll', purpose: 'enroll' })]
      const other = aTicket({ hash: 'other', userId: 'auth0|2' })
      for (const ticket of [reset, enroll, other]) await nodes.one.tickets.mint(tenant, ticket)
      await nodes.two.tickets.revokeAll(tenant, reset.userId)
      expect(await nodes.one.tickets.find(tenant, 'reset', now)).toBeUndefined()
      expect(await nodes.one.tickets.redeem(tenant, 'enroll', 'browser', now)).toBeUndefined()
      expect(await nodes.one.tickets.find(tenant, 'other', now)).toEqual(other)
    })

    test.each(awkwardTexts)('a user called %j keeps a ticket of their own', async (text) => {
      const [own, neighbour] = [aTicket({ userId: text }), aTicket({ hash: 'neighbour', userId: `${text}:reset` })]
      for (const ticket of [own, neighbour]) await nodes.one.tickets.mint(tenant, ticket)
      expect((await nodes.one.tickets.redeem(tenant, own.hash, 'browser', now))?.userId).toBe(text)
      expect(await nodes.one.tickets.find(tenant, 'neighbour', now)).toEqual(neighbour)
    })
  })
