/** The live log where several servers share a Redis: every server hears of a tenant whom somebody follows at it. */
import { setTimeout as delay } from 'node:timers/promises'
import { createLocalLiveLog, type LiveLog, type LiveTopics, type Topic } from '../../logs/live-log.ts'
import { createFollowedTenants, followedChannel } from './followed-tenants.ts'
import { key } from './key.ts'
import type { RedisConnection } from './script.ts'

interface Options {
  /** What no other server is named. */
  server: string
}

const channelOf = (tenant: string, topic: Topic): string => key(tenant, 'live-log', topic)

/** Takes a second connection: one that subscribes can do nothing else. */
export const createRedisLiveLog = (redis: RedisConnection, { server }: Options): LiveLog => {
  const channels = new Map<string, { tenant: string; topic: Topic }>()
  const followed = createFollowedTenants(redis, server)
  const subscriber =
    'nodes' in redis ? redis.duplicate() : redis.duplicate({ enableOfflineQueue: true, lazyConnect: false })

  const local = createLocalLiveLog({
    first: async (tenant, topic) => {
      channels.set(channelOf(tenant, topic), { tenant, topic })
      const subscribed = subscriber
        .subscribe(channelOf(tenant, topic))
        .then(() => (topic === 'console' ? followed.add(tenant) : undefined), ignore)
      await Promise.race([subscribed, delay(longestWaitMs, undefined, { ref: false })])
    },
    last: (tenant, topic) => {
      channels.delete(channelOf(tenant, topic))
      if (topic === 'console') followed.delete(tenant)
      subscriber.unsubscribe(channelOf(tenant, topic)).catch(ignore)
    },
  })

  // The first connection tells the log of what is wrong; this one comes back by itself, and subscribes again.
  subscriber.on('error', ignore)
  subscriber.on('ready', () => void subscriber.subscribe(followedChannel).then(followed.ask, ignore))
  subscriber.on('message', (channel: string, text: string) => {
    if (channel === followedChannel) return followed.heard(text)
    const known = channels.get(channel)
    if (known) void local.tell(known.tenant, known.topic, JSON.parse(text) as LiveTopics[Topic])
  })

  return {
    tell: (tenant, topic, news) =>
      redis.publish(channelOf(tenant, topic), JSON.stringify(news)).then(
        () => true,
        () => false,
      ),
    follow: local.follow,
    isConsoleFollowed: followed.has,
    close() {
      local.close()
      followed.close()
      subscriber.disconnect()
    },
  }
}

/** A Redis that does not answer keeps nobody from the entries in the store. */
const longestWaitMs = 2_000

const ignore = (): void => {}
