import { describe, expect, test } from 'vitest'
import { parseQuery } from '../../../server/src/search/parse-query.ts'
import { type Query, QueryError } from '../../../server/src/search/query.ts'

const names = ['type', 'user_id', 'date', 'ip', 'a.b']
const fields = { names, kindOf: (name: string) => (names.includes(name) ? ('text' as const) : undefined) }
const parse = (text: string) => parseQuery(text, fields)

const whole = (field: string, text: string): Query => ({ op: 'match', field, how: 'whole', text })
const beginning = (field: string, text: string): Query => ({ op: 'match', field, how: 'beginning', text })
const s = whole('type', 's')
const f = whole('type', 'f')
const ip = whole('ip', '::1')

describe('a query', () => {
  test.each<[string, Query]>([
    ['type:s', s],
    ['  type:s  ', s],
    ['type: s', s],
    ['type:"s"', s],
    ['type:s*', beginning('type', 's')],
    ['type:"s p"*', beginning('type', 's p')],
    ['type:*', beginning('type', '')],
    ['user_id:auth0|abc', whole('user_id', 'auth0|abc')],
    ['user_id:auth0\\|a\\"b', whole('user_id', 'auth0|a"b')],
    ['user_id:"a \\"b\\" AND c:d"', whole('user_id', 'a "b" AND c:d')],
    ['ip:\\:\\:1', ip],
    ['ip:::1', ip],
    ['a.b:-1', whole('a.b', '-1')],
    ['type:a-b', whole('type', 'a-b')],
    ['type:a\\*', whole('type', 'a*')],
    ['type:s AND ip:"::1"', { op: 'and', of: [s, ip] }],
    ['type:s && ip:"::1"', { op: 'and', of: [s, ip] }],
    ['type:s ip:"::1"', { op: 'and', of: [s, ip] }],
    ['type:s OR type:f', { op: 'or', of: [s, f] }],
    ['type:s || type:f', { op: 'or', of: [s, f] }],
    ['type:s OR type:f AND ip:"::1"', { op: 'or', of: [s, { op: 'and', of: [f, ip] }] }],
    ['(type:s OR type:f) AND ip:"::1"', { op: 'and', of: [{ op: 'or', of: [s, f] }, ip] }],
    ['type:(s OR f)', { op: 'or', of: [s, f] }],
    ['type:(s OR f) ip:"::1"', { op: 'and', of: [{ op: 'or', of: [s, f] }, ip] }],
    ['NOT type:s', { op: 'not', of: s }],
    ['-type:s', { op: 'not', of: s }],
    ['!type:s', { op: 'not', of: s }],
    ['type:f AND NOT (type:s)', { op: 'and', of: [f, { op: 'not', of: s }] }],
    ['type:f -type:s', { op: 'and', of: [f, { op: 'not', of: s }] }],
    ['_exists_:ip', { op: 'exists', field: 'ip' }],
  ])('%s', (text, query) => {
    expect(parse(text)).toEqual(query)
  })

  const counts = (text: string) => ({ text, itself: 'counts' as const })
  const not = (text: string) => ({ text, itself: 'does-not' as const })
  test.each<[string, object]>([
    ['date:[2026-01-01 TO 2026-01-31]', { from: counts('2026-01-01'), to: counts('2026-01-31') }],
    ['date:{2026-01-01 TO 2026-01-31}', { from: not('2026-01-01'), to: not('2026-01-31') }],
    ['date:[2026-01-01T00:00:00Z TO *}', { from: counts('2026-01-01T00:00:00Z') }],
    ['date:[* TO "2026-01-31"]', { to: counts('2026-01-31') }],
    ['date:>=2026-01-01', { from: counts('2026-01-01') }],
    ['date:<2026-01-01', { to: not('2026-01-01') }],
  ])('%s', (text, bounds) => {
    expect(parse(text)).toEqual({ op: 'range', field: 'date', ...bounds })
  })

  test.each([
    ['', 'missing at the end'],
    ['hello', 'missing at position 1'],
    ['other:x', "'other' at position 1 is none of the searchable fields type"],
    ['_exists_:other', "'other' at position 10"],
    ['type:', 'missing at the end'],
    ['type:s AND', 'missing at the end'],
    ['AND type:s', 'at position 1'],
    ['type:s OR OR type:f', 'at position 11'],
    ['(type:s', 'closing parenthesis'],
    ['type:s)', "')' at position 7"],
    ['type:"s', 'cannot be understood from position 6'],
    ['type:s*p', 'wildcard'],
    ['type:s?', 'wildcard'],
    ['type:s~2', 'wildcard'],
    ['date:[a TO', 'cannot be understood'],
    ['type:/s.*/', 'wildcard'],
    ['type:s^2', 'wildcard'],
    [`${'('.repeat(17)}type:s${')'.repeat(17)}`, 'nested'],
    [Array.from({ length: 65 }, () => 'type:s').join(' '), '64 terms'],
    [Array.from({ length: 65 }, () => '_exists_:type').join(' OR '), '64 terms'],
  ])('%j is refused, and the reason is given', (text, reason) => {
    expect(() => parse(text)).toThrow(QueryError)
    expect(() => parse(text)).toThrow(reason)
  })

  test('the longest one that the API takes is read in no time, whatever it is made of', () => {
    const startedAt = performance.now()
    for (const piece of ['(', '"', '[', '\\', ' ', 'a', '-', 'type:', '*', 'type:[a TO ']) {
      try {
        parse(piece.repeat(Math.floor(2_048 / piece.length)))
      } catch (error) {
        expect(error).toBeInstanceOf(QueryError)
      }
    }
    expect(performance.now() - startedAt).toBeLessThan(5_000)
  })
})
