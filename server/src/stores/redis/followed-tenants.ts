/**
 * Whom servers that share a Redis follow. Each says whenever that changes, when a newcomer asks, and now and then, so that one
 * that is gone is forgotten; nobody needs to ask Redis to know.
 */
import type { RedisConnection } from './script.ts'

interface Said {
  server: string
  tenants: string[]
  /** It has just come, or come back, and knows nothing of the others. */
  asks?: true
}

export interface FollowedTenants {
  /** Of this server. Resolves when the others have been told. */
  add(tenant: string): Promise<void>
  delete(tenant: string): void
  /** At any server. */
  has(tenant: string): boolean
  /** To be called with each message of `followedChannel`. */
  heard(text: string): void
  /** To be called when this server hears the channel again. */
  ask(): void
  close(): void
}

/** Of no tenant: who shares the Redis are servers. */
export const followedChannel = 'il:followed-tenants'

const repeatMs = 10_000
/** Two that are lost do no harm. */
const forgottenMs = 35_000

export const createFollowedTenants = (redis: RedisConnection, server: string): FollowedTenants => {
  const own = new Set<string>()
  const others = new Map<string, { tenants: ReadonlySet<string>; until: number }>()

  const say = async (more: Pick<Said, 'asks'> = {}): Promise<void> => {
    const said: Said = { server, tenants: [...own], ...more }
    await redis.publish(followedChannel, JSON.stringify(said)).catch(() => {})
  }

  const repeat = setInterval(() => {
    for (const [other, { until }] of others) if (until < performance.now()) others.delete(other)
    if (own.size > 0) void say()
  }, repeatMs).unref()

  return {
    add: (tenant) => {
      own.add(tenant)
      return say()
    },
    delete: (tenant) => {
      if (own.delete(tenant)) void say()
    },
    has: (tenant) => own.has(tenant) || [...others.values()].some(({ tenants }) => tenants.has(tenant)),
    heard: (text) => {
      const { server: other, tenants, asks } = JSON.parse(text) as Said
      if (other === server) return
      others.set(other, { tenants: new Set(tenants), until: performance.now() + forgottenMs })
      if (asks && own.size > 0) void say()
    },
    ask: () => void say({ asks: true }),
    close: () => {
      clearInterval(repeat)
      own.clear()
      void say()
    },
  }
}
