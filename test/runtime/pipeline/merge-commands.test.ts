import { expect, test } from 'vitest'
import { applyCacheChanges } from '../../../runtime/src/pipeline/apply-cache-changes.ts'
import { demandsOf, mergeCommands } from '../../../runtime/src/pipeline/merge-commands.ts'

const deny = (reason: string) => ({ type: 'access.deny', reason }) as const
const sendUserTo = (url: string) => ({ type: 'redirect.sendUserTo', url }) as const
const prompt = (id: string) => ({ type: 'prompt.render', id }) as const
const otp = { type: 'authentication.challengeWith', factor: { type: 'otp' }, additionalFactors: [] } as const
const setResultUrl = (url: string) => ({ type: 'transaction.setResultUrl', url }) as const

test('no command asks for nothing', () => {
  expect(demandsOf(mergeCommands([]))).toEqual([])
})

test('the first denial counts', () => {
  expect(mergeCommands([deny('one'), deny('two')]).denial).toBe('one')
})

test('an empty reason is a denial too', () => {
  expect(mergeCommands([deny('')]).denial).toBe('')
})

test('the last result URL and the last redirect count', () => {
  const merged = mergeCommands([
    setResultUrl('https://1'),
    sendUserTo('https://a'),
    sendUserTo('https://b'),
    setResultUrl('https://2'),
  ])
  expect(merged.resultUrl).toBe('https://2')
  expect(demandsOf(merged)).toEqual([{ type: 'redirect', url: 'https://b' }])
})

test('challenges come before the detour, whenever they were issued', () => {
  expect(demandsOf(mergeCommands([prompt('p'), { ...otp, additionalFactors: [] }]))?.map(({ type }) => type)).toEqual([
    'challenge',
    'prompt',
  ])
})

test.each([
  ['a redirect and a prompt', [sendUserTo('https://a'), prompt('p')]],
  ['two prompts', [prompt('p'), prompt('q')]],
])('%s contradict each other', (_, commands) => {
  expect(demandsOf(mergeCommands(commands))).toBeUndefined()
})

const record = (value: string) => ({ value, expires_at: Date.now() + 60_000 })
const set = (key: string, value = 'x') => ({ type: 'set', key, record: record(value) }) as const

test('cache writes apply in their order', () => {
  const cache = applyCacheChanges({ a: record('1'), b: record('2') }, [
    set('c', '3'),
    { type: 'delete', key: 'a' },
    set('c', '4'),
  ])
  expect(Object.entries(cache ?? {}).map(([key, { value }]) => [key, value])).toEqual([
    ['b', '2'],
    ['c', '4'],
  ])
})

test.each([
  ['more than 20 entries', Array.from({ length: 21 }, (_, n) => set(`k${n}`))],
  ['more than 8 kB', [set('a', 'é'.repeat(2_048)), set('b', 'é'.repeat(2_048))]],
])('a cache with %s is refused', (_, changes) => {
  expect(applyCacheChanges({}, changes)).toBeUndefined()
})

test('records that have expired take no place', () => {
  const old = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`old${n}`, { value: 'x', expires_at: 1 }]))
  expect(applyCacheChanges(old, [set('new')])).toBeDefined()
})
