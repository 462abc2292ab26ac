/** The live log where several servers share a Redis: every server hears of a tenant whom somebody follows at it. */
import { setTimeout as delay } from 'node:timers/promises'
import { createLocalLiveLog, type LiveLog, type LiveNews } from '../../logs/live-log.ts'
import { key } from './key.ts'
import type { RedisConnection } from './script.ts'

const channelOf = (tenant: string): string => key(tenant, 'live-log')

/** Takes a second connection: one that subscribes can do nothing else. */
export const createRedisLiveLog = (redis: RedisConnection): LiveLog => {
  const tenants = new Map<string, string>()
  let subscriber: RedisConnection | undefined

  const local = createLocalLiveLog({
    first: async (tenant) => {
      tenants.set(channelOf(tenant), tenant)
      subscriber ??= connect()
      const subscribed = subscriber.subscribe(channelOf(tenant)).then(ignore, ignore)
      await Promise.race([subscribed, delay(longestWaitMs, undefined, { ref: false })])
    },
    last: (tenant) => {
      tenants.delete(channelOf(tenant))
      subscriber?.unsubscribe(channelOf(tenant)).catch(ignore)
    },
  })

  const connect = (): RedisConnection => {
    const connection =
      'nodes' in redis ? redis.duplicate() : redis.duplicate({ enableOfflineQueue: true, lazyConnect: false })
    // The first connection tells the log of what is wrong; this one comes back by itself, and subscribes again.
    connection.on('error', ignore)
    connection.on('message', (channel: string, text: string) => {
      const tenant = tenants.get(channel)
      if (tenant !== undefined) local.tell(tenant, JSON.parse(text) as LiveNews)
    })
    return connection
  }

  return {
    tell: (tenant, news) => void redis.publish(channelOf(tenant), JSON.stringify(news)).catch(ignore),
    follow: local.follow,
    close() {
      local.close()
      subscriber?.disconnect()
    },
  }
}

/** A Redis that does not answer keeps nobody from the entries in the store. */
const longestWaitMs = 2_000

/** News may be lost. */
const ignore = (): void => {}
