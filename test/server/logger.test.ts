import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLogger } from '../../server/src/logger.ts'
import { type Service, startRedis } from '../support/services.ts'

let service: Service
let redis: Redis

beforeAll(async () => {
  service = await startRedis(['--maxmemory', '1'])
  redis = new Redis(service.url)
})
afterAll(async () => {
  redis.disconnect()
  await service.stop()
})

const lineOf = (facts: Record<string, unknown>): string => {
  const lines: string[] = []
  createLogger('info', { write: (line) => void lines.push(line) }).error(facts, 'it failed')
  return lines.join()
}

const refused = async (): Promise<unknown> => redis.set('key', 'what must stay secret').catch((error: unknown) => error)

test.each(['error', 'err'])('the record of a command that Redis refuses does not reach the log as %s', async (name) => {
  const line = lineOf({ [name]: await refused() })
  expect(line).toContain('OOM')
  expect(line).not.toContain('what must stay secret')
})

test('nor does it as the cause of another error', async () => {
  const line = lineOf({ error: new Error('a store failed', { cause: await refused() }) })
  expect(line).toContain('a store failed')
  expect(line).toContain('OOM')
  expect(line).not.toContain('what must stay secret')
})
