import { Cluster, Redis } from 'ioredis'
import { afterAll, beforeAll, describe } from 'vitest'
import { createRedisStores } from '../../server/src/stores/redis/redis-stores.ts'
import { freePort, type Service, startRedis } from '../support/services.ts'
import { actionCacheContract } from './action-cache.contract.ts'
import type { OpenEngine, ShortLivedStores } from './engine.ts'
import { rateLimitContract } from './rate-limit.contract.ts'
import { ticketContract } from './ticket.contract.ts'
import { transactionContract } from './transaction.contract.ts'

const contracts = (open: OpenEngine<ShortLivedStores>) => {
  ticketContract(open)
  transactionContract(open)
  rateLimitContract(open)
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

/** One node that holds every slot: it refuses a script whose keys lie in different slots, as a larger one does. */
describe('Redis Cluster', () => {
  let server: Service
  beforeAll(async () => {
    const bus = await freePort()
    server = await startRedis([
      '--cluster-enabled',
      'yes',
      '--cluster-announce-ip',
      '127.0.0.1',
      '--cluster-port',
      `${bus}`,
    ])
    const admin = new Redis(server.url)
    await admin.cluster('ADDSLOTSRANGE', 0, 16_383)
    while (!String(await admin.cluster('INFO')).includes('cluster_state:ok')) await admin.ping()
    admin.disconnect()
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
