/** Limits are answered with a code and never thrown, so that a full cache does not end a reset. */
import type { CacheError, CacheErrorCode, CacheSetOptions, PasswordResetPostChallengeAPI } from '@interlock/sdk-types'
import { readOptions, requireString, requireText } from '../argument.ts'
import type { CacheStore } from '../cache-store.ts'
import { bare, floor, isFiniteNumber, isSafeInteger, min, now } from '../primordials.ts'
import type { Recorder } from '../recorder.ts'
import { byteLength } from '../utf8.ts'

/** The vendor's figures: bytes in UTF-8, times in milliseconds. */
const limits = {
  keyBytes: 64,
  valueBytes: 4_096,
  entries: 20,
  totalBytes: 8_192,
  defaultLifeMs: 15 * 60_000,
  longestLifeMs: 24 * 3_600_000,
}

const refuse = (code: CacheErrorCode): CacheError => ({ type: 'error', code })

const sizeProblem = (store: CacheStore, key: string, value: string): CacheErrorCode | undefined => {
  const keyBytes = byteLength(key)
  const valueBytes = byteLength(value)
  if (keyBytes > limits.keyBytes) return 'CacheKeySizeExceeded'
  if (valueBytes > limits.valueBytes) return 'CacheValueSizeExceeded'
  const others = store.sizeWithout(key)
  if (others.entries + 1 > limits.entries || others.bytes + keyBytes + valueBytes > limits.totalBytes)
    return 'CacheSizeExceeded'
  return undefined
}

/** The moment a record dies: the earlier of `ttl` and `expires_at`, at most 24 hours ahead. */
const readExpiry = ({ ttl, expires_at }: CacheSetOptions): number | CacheErrorCode => {
  const start = now()
  if (ttl !== undefined && !isFiniteNumber(ttl)) return 'InvalidExpiry'
  if (expires_at !== undefined && !isFiniteNumber(expires_at)) return 'InvalidExpiry'
  const byLife = ttl === undefined ? undefined : start + floor(ttl)
  const byDate = expires_at === undefined ? undefined : floor(expires_at)
  const wanted = min(byLife ?? byDate ?? start + limits.defaultLifeMs, byDate ?? byLife ?? Number.POSITIVE_INFINITY)
  if (wanted <= start) return 'ItemAlreadyExpired'
  const expiry = min(wanted, start + limits.longestLifeMs)
  return isSafeInteger(expiry) ? expiry : 'InvalidExpiry'
}

export const createCache = (recorder: Recorder, store: CacheStore): PasswordResetPostChallengeAPI['cache'] => ({
  get: (key) => store.get(requireString({ method: 'cache.get', name: 'key' }, key)),

  set: (key, value, options) => {
    const method = 'cache.set'
    const name = requireText({ method, name: 'key' }, key)
    const text = requireString({ method, name: 'value' }, value)
    const { ttl, expires_at } = readOptions({ method, name: 'options' }, options) as CacheSetOptions
    const problem = sizeProblem(store, name, text)
    if (problem !== undefined) return refuse(problem)
    const expiry = readExpiry(bare({ ttl, expires_at }) as CacheSetOptions)
    if (typeof expiry === 'string') return refuse(expiry)
    const record = bare({ value: text, expires_at: expiry })
    if (!recorder.offer({ type: method, key: name, record })) return refuse('MaxSideEffectsExceeded')
    store.set(name, record)
    return { type: 'success', record: { value: text, expires_at: expiry } }
  },

  delete: (key) => {
    const name = requireString({ method: 'cache.delete', name: 'key' }, key)
    if (store.get(name) === undefined) return refuse('CacheKeyDoesNotExist')
    if (!recorder.offer({ type: 'cache.delete', key: name })) return refuse('MaxSideEffectsExceeded')
    store.delete(name)
    return { type: 'success' }
  },
})
