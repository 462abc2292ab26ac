import { expect, test } from 'vitest'
import { createTokenBuckets } from '../../../server/src/rate-limits/token-buckets.ts'

const bucket = { burst: 3, perSecond: 10 }
const now = 1_000_000

test('a bucket gives its burst at once, then one per refill, and says when', () => {
  const buckets = createTokenBuckets()
  expect(buckets.look('acme', bucket, now)).toEqual({ allowed: true, left: 3, nextAt: now })
  expect(buckets.take('acme', bucket, now)).toEqual({ allowed: true, left: 2, nextAt: now + 100 })
  expect(buckets.take('acme', bucket, now)).toEqual({ allowed: true, left: 1, nextAt: now + 100 })
  expect(buckets.take('acme', bucket, now)).toEqual({ allowed: true, left: 0, nextAt: now + 100 })
  expect(buckets.take('acme', bucket, now + 99)).toEqual({ allowed: false, left: 0, nextAt: now + 100 })
  expect(buckets.take('acme', bucket, now + 100)).toEqual({ allowed: true, left: 0, nextAt: now + 200 })
})

test('being refused, and looking, cost nothing; rest fills it up to the burst', () => {
  const buckets = createTokenBuckets()
  for (let n = 0; n < 50; n += 1) buckets.take('acme', bucket, now)
  for (let n = 0; n < 50; n += 1) buckets.look('acme', bucket, now)
  expect(buckets.look('acme', bucket, now + 100).left).toBe(1)
  expect(buckets.look('acme', bucket, now + 1_000_000)).toEqual({ allowed: true, left: 3, nextAt: now + 1_000_000 })
})

test('what is charged afterwards is paid for, also beyond what was left', () => {
  const buckets = createTokenBuckets()
  buckets.charge('acme', bucket, { tokens: 5, now })
  expect(buckets.look('acme', bucket, now)).toEqual({ allowed: false, left: 0, nextAt: now + 300 })
  expect(buckets.take('acme', bucket, now + 300)).toEqual({ allowed: true, left: 0, nextAt: now + 400 })
})

test('names have buckets of their own', () => {
  const buckets = createTokenBuckets()
  for (let n = 0; n < 3; n += 1) buckets.take('acme', bucket, now)
  expect(buckets.take('acme', bucket, now).allowed).toBe(false)
  expect(buckets.take('globex', bucket, now)).toMatchObject({ allowed: true, left: 2 })
})

test('a limit that changes counts at once', () => {
  const buckets = createTokenBuckets()
  for (let n = 0; n < 3; n += 1) buckets.take('acme', bucket, now)
  expect(buckets.take('acme', { burst: 5, perSecond: 10 }, now)).toMatchObject({ allowed: true, left: 1 })
  expect(buckets.take('acme', { burst: 1, perSecond: 10 }, now)).toMatchObject({ allowed: false, left: 0 })
})
