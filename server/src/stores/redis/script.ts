import { readFileSync } from 'node:fs'
import type { Cluster, Redis } from 'ioredis'

/** One server, Sentinel, or a cluster. */
export type RedisConnection = Redis | Cluster

export type Script = (keys: readonly string[], values: readonly (string | number)[]) => Promise<unknown>

/** A Lua file beside this one. It runs as a whole or not at all; Redis keeps it after the first call. */
export const loadScript = (redis: RedisConnection, name: string): Script => {
  const lua = readFileSync(new URL(`./${name}.lua`, import.meta.url), 'utf8')
  const command = `interlock:${name}`
  redis.defineCommand(command, { lua })
  return (keys, values) => {
    const run = Reflect.get(redis, command) as (...args: readonly (string | number)[]) => Promise<unknown>
    return run.call(redis, keys.length, ...keys, ...values)
  }
}
