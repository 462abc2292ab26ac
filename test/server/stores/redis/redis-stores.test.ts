import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createRedisStores } from '../../../../server/src/stores/redis/redis-stores.ts'
import { minute, now } from '../../../contract/engine.ts'
import { aTicket } from '../../../contract/ticket.contract.ts'
import { aTransaction } from '../../../contract/transaction.contract.ts'
import { type Service, startRedis } from '../../../support/services.ts'

let server: Service
let redis: Redis
let stores: ReturnType<typeof createRedisStores>

beforeAll(async () => {
  server = await startRedis()
  redis = new Redis(server.url)
  stores = createRedisStores(redis)
})
afterAll(async () => {
  redis.disconnect()
  await server.stop()
})
beforeEach(() => redis.flushall())

const fill = async (): Promise<void> => {
  await stores.tickets.mint('acme', aTicket())
  await stores.tickets.redeem('acme', 'hash-1', 'browser', now)
  await stores.transactions.save('acme', await stores.transactions.create('acme', aTransaction()))
  await stores.rateLimits.take('acme', 'reset', { burst: 3, refillMs: minute }, now)
  await stores.rateLimits.attempt('acme', 'code', { most: 3, windowMs: minute }, now)
  const record = { value: 'value', expires_at: now + minute }
  await stores.actionCache.apply('acme', 'trigger', [{ type: 'set', key: 'key', record }], now)
}

test('every key names its tenant and expires with what it holds', async () => {
  await fill()
  const keys = await redis.keys('*')
  expect(keys.sort()).toEqual([
    'il:{acme}:action-cache:trigger',
    'il:{acme}:newest-ticket:auth0%7C1:reset',
    'il:{acme}:pinned-versions',
    'il:{acme}:rate-bucket:reset',
    'il:{acme}:rate-window:code',
    'il:{acme}:ticket:hash-1',
    'il:{acme}:transaction:transaction-1',
  ])
  const [counted, stored] = [keys.filter((key) => key.includes('rate-')), keys.filter((key) => !key.includes('rate-'))]
  for (const key of stored) expect(await redis.pexpiretime(key)).toBe(now + minute)
  for (const key of counted) {
    expect(await redis.pttl(key)).toBeGreaterThan(0)
    expect(await redis.pttl(key)).toBeLessThanOrEqual(minute)
  }
})

test('allowances hold where the clock of Redis is an hour ahead', async () => {
  const behind = now - 60 * minute
  const take = () => stores.rateLimits.take('acme', 'reset', { burst: 1, refillMs: minute }, behind)
  const attempt = () => stores.rateLimits.attempt('acme', 'code', { most: 1, windowMs: minute }, behind)
  for (const ask of [take, attempt]) {
    expect(await ask()).toEqual({ allowed: true })
    expect(await ask()).toEqual({ allowed: false, retryAfterMs: minute })
  }
})

test('the secret of a link is not in Redis, nor is the path from a hash to its user without the tenant', async () => {
  await fill()
  expect(await stores.tickets.find('globex', 'hash-1', now)).toBeUndefined()
  expect(await redis.keys('*globex*')).toEqual([])
})

describe('a record that is not as it was written', () => {
  const transactionKey = 'il:{acme}:transaction:transaction-1'
  const ticketKey = 'il:{acme}:newest-ticket:auth0%7C1:reset'
  const rewrite = async (key: string, change: (record: Record<string, unknown>) => unknown): Promise<void> => {
    const text = await redis.hget(key, 'record')
    await redis.hset(key, 'record', JSON.stringify(change(JSON.parse(text ?? '{}'))))
  }
  const inner = (change: Record<string, unknown>) => (stored: Record<string, unknown>) => ({
    ...stored,
    record: { ...(stored.record as object), ...change },
  })

  test.each([
    { what: 'no object', change: () => 'secret-text' },
    { what: 'another version', change: (stored: object) => ({ ...stored, version: 2 }) },
    { what: 'a field too many', change: inner({ admin: 'secret-text' }) },
    { what: 'a revision that is no number', change: inner({ revision: 'secret-text' }) },
    { what: 'an unknown state', change: inner({ journey: { state: { name: 'secret-text' }, passed: [] } }) },
    {
      what: 'a state with more than it has',
      change: inner({ journey: { state: { name: 'choosing-password', user: 'secret-text' }, passed: [] } }),
    },
  ])('a transaction with $what is refused, and the message shows no value', async ({ change }) => {
    await fill()
    await rewrite(transactionKey, change as never)
    const failure = await stores.transactions.load('acme', 'transaction-1', now).catch((error: Error) => error.message)
    expect(failure).toMatch(/^A stored transaction /)
    expect(failure).not.toContain('secret-text')
  })

  test('a ticket changed to another purpose or user is refused or stays what it is', async () => {
    await fill()
    await rewrite(ticketKey, inner({ purpose: 'login' }))
    await expect(stores.tickets.find('acme', 'hash-1', now)).rejects.toThrow(
      'A stored ticket is not valid at "purpose"',
    )
    await expect(stores.tickets.redeem('acme', 'hash-1', 'browser', now)).rejects.toThrow('A stored ticket')
  })

  test('a ticket that has lost its expiry is not redeemed', async () => {
    await fill()
    await redis.hdel(ticketKey, 'expires_at')
    expect(await stores.tickets.redeem('acme', 'hash-1', 'browser', now)).toBeUndefined()
  })

  test('a pointer that was bent to another user finds nothing there', async () => {
    await fill()
    await stores.tickets.mint('acme', aTicket({ hash: 'other', userId: 'auth0|2' }))
    await redis.set('il:{acme}:ticket:hash-1', (await redis.get('il:{acme}:ticket:other')) ?? '')
    expect(await stores.tickets.find('acme', 'hash-1', now)).toBeUndefined()
    expect(await stores.tickets.redeem('acme', 'hash-1', 'browser', now)).toBeUndefined()
  })

  test('a cached value that is no record is refused', async () => {
    await fill()
    await redis.hset('il:{acme}:action-cache:trigger', 'key', `${now + minute} {"version":1,"record":{"value":7}}`)
    await expect(stores.actionCache.load('acme', 'trigger', now)).rejects.toThrow('A stored cache record')
  })
})

test('the cache of a busy trigger keeps only what has not expired', async () => {
  for (let index = 0; index < 50; index += 1) {
    const at = now + index * 1_000
    const record = { value: 'v', expires_at: at + 10_000 }
    await stores.actionCache.apply('acme', 'trigger', [{ type: 'set', key: `key-${index}`, record }], at)
  }
  expect(await redis.hlen('il:{acme}:action-cache:trigger')).toBe(10)
})
