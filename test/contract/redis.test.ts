import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe } from 'vitest'
import { createRedisStores } from '../../server/src/stores/redis/redis-stores.ts'
import { type Service, startRedis } from '../support/services.ts'
import { actionCacheContract } from './action-cache.contract.ts'
import type { OpenEngine, ShortLivedStores } from './engine.ts'
import { rateLimitContract } from './rate-limit.contract.ts'
import { ticketContract } from './ticket.contract.ts'
import { transactionContract } from './transaction.contract.ts'

describe('Redis', () => {
  let server: Service
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server.stop())

  const open: OpenEngine<ShortLivedStores> = async () => {
    const connections = [new Redis(server.url), new Redis(server.url)] as const
    await connections[0].flushall()
    return {
      one: createRedisStores(connections[0]),
      two: createRedisStores(connections[1]),
      async close() {
        for (const connection of connections) connection.disconnect()
      },
    }
  }

  ticketContract(open)
  transactionContract(open)
  rateLimitContract(open)
  actionCacheContract(open)
})
