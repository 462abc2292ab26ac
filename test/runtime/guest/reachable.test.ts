/** Everything a run can reach from its global object by properties and prototypes, against the table of permits. */
import { expect, test } from 'vitest'
import { permits } from '../../../runtime/src/guest/permits.ts'
import { evaluate } from './run-guest.ts'

/**
 * Walks own names and symbols, accessors and prototypes. Answers the first path to each function or object, as names.
 * `roots` are what a module and a handler are given besides.
 */
const walk = `(() => {
  const seen = new Map()
  const queue = []
  const visit = (value, path) => {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value)) return
    seen.set(value, path)
    queue.push(value)
  }
  visit(globalThis, 'globalThis')
  const roots = { api, event, require, module, handler: exports.onExecutePostChallenge, timer: setTimeout(() => {}) }
  for (const [name, value] of Object.entries(roots)) visit(value, name)
  const literals = [async () => {}, function* () {}, async function* () {}, [][Symbol.iterator](), ''[Symbol.iterator](),
    new Map().entries(), new Set().entries(), /x/g[Symbol.matchAll](''), (function* () {})(), (async function* () {})()]
  for (const [index, value] of literals.entries()) visit(value, 'literal' + index)
  while (queue.length > 0) {
    const value = queue.shift()
    const path = seen.get(value)
    visit(Object.getPrototypeOf(value), path + '.[[Prototype]]')
    for (const key of Reflect.ownKeys(value)) {
      const { value: inner, get, set } = Reflect.getOwnPropertyDescriptor(value, key)
      const name = path + '.' + String(key)
      visit(inner, name)
      visit(get, name + ' (get)')
      visit(set, name + ' (set)')
    }
  }
  return seen
})()`

const removed = Object.entries(permits)
  .filter(([, { verdict }]) => ['remove', 'switched-off'].includes(verdict))
  .map(([name]) => name)

test('every path begins with a permitted global, or with what the run was given', async () => {
  const paths = (await evaluate(`[...${walk}.values()]`)) as string[]
  expect(paths.length).toBeGreaterThan(800)
  const given = /^(globalThis|api|event|require|module|handler|timer|literal\d+)$/
  const strange = paths.filter((path) => {
    const [root = '', name = ''] = path.replace(' (get)', '').replace(' (set)', '').split('.')
    if (!given.test(root)) return true
    if (root !== 'globalThis' || name === '' || name === '[[Prototype]]') return false
    return !Object.hasOwn(permits, name) || removed.includes(name)
  })
  expect(strange).toEqual([])
})

test('nothing that was removed is reached on another way, by name or by tag', async () => {
  const names = (await evaluate(`[...${walk}.keys()].flatMap((value) => {
    const own = (key) => Reflect.getOwnPropertyDescriptor(value, key)?.value
    return [own('name'), own(Symbol.toStringTag)].filter((name) => typeof name === 'string')
  })`)) as string[]
  expect(names.filter((name) => removed.includes(name))).toEqual([])
})

test('every function is of this context: its constructor makes functions that see these globals and no others', async () => {
  const foreign = await evaluate(`[...${walk}].filter(([value]) => {
    if (typeof value !== 'function') return false
    const make = Object.getPrototypeOf(value).constructor
    return typeof make === 'function' && typeof value.constructor === 'function' && make === Function && make('return this')() !== globalThis
  }).map(([, path]) => path)`)
  expect(foreign).toEqual([])
})

test('nothing of the host is among it', async () => {
  const found = await evaluate(`[...${walk}.entries()].filter(([value, path]) =>
    /interlock|ivm|isolate|Callback|ExternalCopy|^process$|^Buffer$/.test(path.split('.').at(-1))).map(([, path]) => path)`)
  expect(found).toEqual([])
})
