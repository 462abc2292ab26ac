import { once } from 'node:events'
import { Cluster, Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createLocalLiveLog } from '../../server/src/logs/live-log.ts'
import { createRedisLiveLog } from '../../server/src/stores/redis/live-log.ts'
import { type Service, startRedis, startRedisCluster } from '../support/services.ts'
import { aLine, liveLogContract } from './live-log.contract.ts'

let count = 0

const openRedis = async (connect: () => Redis | Cluster, servers: number) => {
  const connections = Array.from({ length: servers }, () => connect().on('error', () => {}))
  for (const connection of connections) if (connection.status !== 'ready') await once(connection, 'ready')
  const logs = connections.map((connection) => createRedisLiveLog(connection, { server: `server-${count++}` }))
  return {
    logs,
    close: async () => {
      for (const log of logs) log.close()
      for (const connection of connections) connection.disconnect()
    },
  }
}

const pair = async (connect: () => Redis | Cluster) => {
  const { logs, close } = await openRedis(connect, 2)
  const [one, two] = logs
  if (!one || !two) throw new Error('There are no two.')
  return { one, two, close }
}

describe('within one process', () => {
  liveLogContract(async () => {
    const one = createLocalLiveLog()
    return { one, two: one, close: async () => one.close() }
  })
})

describe('over Redis', () => {
  let redis: Service
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis.stop())
  const connect = () => new Redis(redis.url)

  liveLogContract(() => pair(connect))

  test('a server that comes later asks, and knows whom the others follow', async () => {
    const { one, close } = await pair(connect)
    await one.follow('acme', 'console', () => {})
    const later = await openRedis(connect, 1)
    await vi.waitFor(() => expect(later.logs[0]?.isConsoleFollowed('acme')).toBe(true))
    await later.close()
    await close()
  })

  test('a server that closes follows nobody', async () => {
    const { one, two, close } = await pair(connect)
    await one.follow('acme', 'console', () => {})
    await vi.waitFor(() => expect(two.isConsoleFollowed('acme')).toBe(true))
    one.close()
    await vi.waitFor(() => expect(two.isConsoleFollowed('acme')).toBe(false))
    await close()
  })

  test('a Redis that is gone is told of, and is heard again when it is back', async () => {
    const own = await startRedis()
    const { one, two, close } = await pair(
      () => new Redis(own.url, { enableOfflineQueue: false, retryStrategy: () => 20 }),
    )
    const heard: unknown[] = []
    await two.follow('acme', 'console', (news) => heard.push(...news))
    await own.stop()
    await vi.waitFor(async () => expect(await one.tell('acme', 'console', [aLine('lost')])).toBe(false))
    const again = await startRedis(['--port', new URL(own.url).port])
    await vi.waitFor(
      async () => {
        await one.tell('acme', 'console', [aLine('found')])
        expect(heard).toContainEqual(aLine('found'))
      },
      { timeout: 10_000 },
    )
    await close()
    await again.stop()
  })
})

describe('over a Redis Cluster', () => {
  let redis: Service
  beforeAll(async () => {
    redis = await startRedisCluster()
  })
  afterAll(() => redis.stop())

  liveLogContract(() => pair(() => new Cluster([redis.url])))
})
