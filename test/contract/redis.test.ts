import { Cluster, Redis } from 'ioredis'
import { afterAll, beforeAll, describe } from 'vitest'
import { createRedisStores } from '../../server/src/stores/redis/redis-stores.ts'
import { type Service, startRedis, startRedisCluster } from '../support/services.ts'
import { actionCacheContract } from './action-cache.contract.ts'
import { clientAssertionContract } from './client-assertion.contract.ts'
import type { OpenEngine, ShortLivedStores } from './engine.ts'
import { rateLimitContract } from './rate-limit.contract.ts'
import { ticketContract } from './ticket.contract.ts'
import { transactionContract } from './transaction.contract.ts'

const contracts = (open: OpenEngine<ShortLivedStores>) => {
  ticketContract(open)
  transactionContract(open)
  rateLimitContract(open)
  clientAssertionContract(open)
  actionCacheContract(open)
}

describe('Redis', () => {
  let server: Service
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server.stop())

  contracts(async () => {
    const connections = [new Redis(server.url), new Redis(server.url)] as const
    await connections[0].flushall()
    return {
      one: createRedisStores(connections[0]),
      two: createRedisStores(connections[1]),
      async close() {
        for (const connection of connections) connection.disconnect()
      },
    }
  })
})

describe('Redis Cluster', () => {
  let server: Service
  beforeAll(async () => {
    server = await startRedisCluster()
  })
  afterAll(() => server.stop())

  contracts(async () => {
    const connections = [new Cluster([server.url]), new Cluster([server.url])] as const
    await connections[0].flushall()
    return {
      one: createRedisStores(connections[0]),
      two: createRedisStores(connections[1]),
      async close() {
        for (const connection of connections) connection.disconnect()
      },
    }
  })
})
