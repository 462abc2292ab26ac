import { expect, test } from 'vitest'
import { key } from '../../../../server/src/stores/redis/key.ts'

test('the tenant stands first, in a hash tag', () => {
  expect(key('acme', 'ticket', 'hash')).toBe('il:{acme}:ticket:hash')
})

test('parts that look alike when glued together give different keys', () => {
  const all = [
    key('acme', 'a', 'b'),
    key('acme', 'a:b'),
    key('acme', 'a%3Ab'),
    key('acme', 'a', '', 'b'),
    key('acme', 'a', 'b', ''),
    key('acme:a', 'b'),
    key('acme}:a', 'b'),
    key('acme}:{x', 'b'),
  ]
  expect(new Set(all).size).toBe(all.length)
})

test('no tenant can close or open the hash tag', () => {
  for (const tenant of ['a}', '{a', '}{', 'a}:{b']) {
    expect(key(tenant, 'x}{').match(/[{}]/g)).toEqual(['{', '}'])
  }
})

test('text that is not well-formed is a key all the same', () => {
  expect(key('acme', '\ud800')).toBe(key('acme', '\ufffd'))
})

test('there is no key without a tenant', () => {
  expect(() => key('', 'ticket')).toThrow('A key needs a tenant.')
})
