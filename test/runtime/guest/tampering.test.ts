/** Author code shares the realm with our glue: whatever it does to the builtins, what we record and answer stays right. */
import { expect, test } from 'vitest'
import { runBody, runModule } from './run-guest.ts'

const boom = `() => { throw new Error('tampered') }`

const tamperings: [title: string, code: string][] = [
  [
    'methods of arrays',
    `for (const key of Object.getOwnPropertyNames(Array.prototype)) if (key !== 'length') Array.prototype[key] = ${boom}`,
  ],
  [
    'iteration',
    `Array.prototype[Symbol.iterator] = String.prototype[Symbol.iterator] = Map.prototype[Symbol.iterator] = ${boom}`,
  ],
  [
    'methods of strings',
    `for (const key of ['slice', 'startsWith', 'indexOf', 'charCodeAt', 'split', 'replace', 'toString', 'valueOf']) String.prototype[key] = ${boom}`,
  ],
  ['JSON', `JSON.parse = JSON.stringify = ${boom}`],
  ['toJSON everywhere', `Object.prototype.toJSON = Array.prototype.toJSON = String.prototype.toJSON = () => 'forged'`],
  ['setters of indexes', `Object.defineProperty(Array.prototype, '0', { set() { throw new Error('tampered') } })`],
  [
    'fields of every object',
    `Object.prototype.ending = 'threw'; Object.prototype.get = ${boom}; Object.prototype.value = 1; Object.prototype.error = { name: 'x' }`,
  ],
  ['promises', `Promise.prototype.then = Promise.resolve = Promise.reject = ${boom}; globalThis.Promise = class {}`],
  ['functions', `Function.prototype.call = Function.prototype.apply = Function.prototype.bind = ${boom}`],
  [
    'objects and reflection',
    `for (const key of ['keys', 'defineProperty', 'getPrototypeOf', 'setPrototypeOf', 'create']) { Reflect[key] = ${boom}; if (key !== 'x') Object[key] = ${boom} }`,
  ],
  [
    'errors',
    `globalThis.TypeError = globalThis.Error = class { constructor() { throw 1 } }; Object.prototype.prepareStackTrace = ${boom}`,
  ],
  ['time', `Date.now = ${boom}`],
]

const honest = `
  api.cache.set('k', 'v', { ttl: 60000 })
  await null
  api.authentication.challengeWith({ type: 'sms' }, { additionalFactors: [{ type: 'otp' }] })
  api.redirect.sendUserTo('https://a.example/', { query: { a: '1' } })
  console.log('plain text')`

test.each(tamperings)('%s changed by the author change nothing', async (_, code) => {
  const end = await runBody(`${code}\n${honest}`)
  expect(end.error).toBeUndefined()
  expect(end).toMatchObject({
    ending: 'completed',
    commands: [
      { type: 'cache.set', key: 'k', record: { value: 'v' } },
      {
        type: 'authentication.challengeWith',
        factor: { type: 'phone', options: { preferredMethod: 'sms' } },
        additionalFactors: [{ type: 'otp' }],
      },
      { type: 'redirect.sendUserTo', url: 'https://a.example/?a=1' },
    ],
    warnings: [],
    console: [{ level: 'log', text: 'plain text' }],
  })
})

test.each(tamperings)('a refusal reads the same after %s were changed', async (_, code) => {
  const end = await runBody(`${code}\napi.access.deny(1)`)
  expect(end).toMatchObject({
    ending: 'threw',
    error: { name: 'TypeError', message: 'access.deny: "reason" must be a string' },
  })
})

test('author code cannot walk up to our functions', async () => {
  const end = await runModule(`
    exports.onExecutePostChallenge = async function () {
      const reached = []
      function probe() {
        let caller
        try { caller = probe.caller } catch {}
        if (caller) reached.push(String(caller))
      }
      probe()
      Error.prepareStackTrace = (_, sites) => sites
      for (const site of new Error().stack) {
        const [target, self] = [site.getFunction(), site.getThis()]
        if (target || self) reached.push(String(target) + String(self))
      }
      console.log(reached.filter((text) => !text.includes('probe')).length)
    }`)
  expect(end.console).toEqual([{ level: 'log', text: '0' }])
})

test('a handle of a timer leads to nothing of ours', async () => {
  const end = await runBody(`
    const reached = []
    const timeout = setTimeout(() => {}, 1)
    const { constructor } = timeout
    for (const owner of [constructor, constructor.prototype])
      for (const key of Reflect.ownKeys(owner))
        try { owner[key] = (...args) => reached.push(...args) } catch {}
    clearTimeout(timeout)
    setTimeout(() => {}, 1)
    console.log(reached.length)`)
  expect(end).toMatchObject({ ending: 'completed', console: [{ text: '0' }] })
})

test('a handler cannot settle twice', async () => {
  const end = await runBody(`setTimeout(() => { throw new Error('later') }, 0); return`)
  expect(end).toMatchObject({ ending: 'completed' })
})
