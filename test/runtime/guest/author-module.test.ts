import { expect, test } from 'vitest'
import { isolateOf, limits, runModule } from './run-guest.ts'

const signature = (name: string) =>
  `Invalid function signature for the "${name}" handler. Use "exports.${name} = async function(event, api) { }" as the signature.`

const accepted: [title: string, source: string][] = [
  ['exports.x', `exports.onExecutePostChallenge = async (event, api) => api.access.deny('ran')`],
  ['module.exports.x', `module.exports.onExecutePostChallenge = async (event, api) => api.access.deny('ran')`],
  ['module.exports =', `module.exports = { async onExecutePostChallenge(event, api) { api.access.deny('ran') } }`],
  [
    'an async function from a factory',
    `const wrap = (f) => async (...args) => f(...args); exports.onExecutePostChallenge = wrap((event, api) => api.access.deny('ran'))`,
  ],
  [
    'a bound async function',
    `exports.onExecutePostChallenge = (async function (event, api) { api.access.deny(this.reason) }).bind({ reason: 'ran' })`,
  ],
  [
    'a getter',
    `Object.defineProperty(exports, 'onExecutePostChallenge', { get: () => async (event, api) => api.access.deny('ran') })`,
  ],
  [
    'an early return at the top',
    `exports.onExecutePostChallenge = async (event, api) => api.access.deny('ran'); return; throw new Error('unreachable')`,
  ],
  [
    'strict mode',
    `'use strict'; exports.onExecutePostChallenge = async (event, api) => { if (this !== undefined) throw this; api.access.deny('ran') }`,
  ],
  [
    'a comment on the last line',
    `exports.onExecutePostChallenge = async (event, api) => api.access.deny('ran') // done`,
  ],
  [
    'what it returns',
    `exports.onExecutePostChallenge = async (event, api) => { api.access.deny('ran'); return { huge: 'x'.repeat(1e6) } }`,
  ],
]

test.each(accepted)('a handler by %s runs', async (_, source) => {
  expect(await runModule(source)).toMatchObject({ ending: 'completed', commands: [{ reason: 'ran' }] })
})

const refused: [source: string, message: string][] = [
  [`module.exports = undefined`, 'The Action must export an object.'],
  [`module.exports = null`, 'The Action must export an object.'],
  [`module.exports = async () => {}`, 'The Action must export an object.'],
  [`exports.somethingElse = async () => {}`, signature('onExecutePostChallenge')],
  [`exports.onExecutePostChallenge = () => {}`, signature('onExecutePostChallenge')],
  [`exports.onExecutePostChallenge = function () { return Promise.resolve() }`, signature('onExecutePostChallenge')],
  [`exports.onExecutePostChallenge = 'x'`, signature('onExecutePostChallenge')],
  [`exports.onExecutePostChallenge = class {}`, signature('onExecutePostChallenge')],
  [
    `const f = () => {}; f.constructor = { name: 'AsyncFunction' }; exports.onExecutePostChallenge = f`,
    signature('onExecutePostChallenge'),
  ],
]

test.each(refused)('%s is refused', async (source, message) => {
  expect(await runModule(source)).toMatchObject({ ending: 'threw', error: { name: 'Error', message }, commands: [] })
})

test('a missing onContinuePostChallenge completes and says so', async () => {
  const end = await runModule(`exports.onExecutePostChallenge = async () => {}`, { handler: 'onContinuePostChallenge' })
  expect(end).toMatchObject({ ending: 'completed', handlerMissing: true, commands: [] })
})

test('an onContinuePostChallenge that is not async is refused by its own name', async () => {
  const end = await runModule(`exports.onContinuePostChallenge = () => {}`, { handler: 'onContinuePostChallenge' })
  expect(end.error?.message).toBe(signature('onContinuePostChallenge'))
})

test('the module is sloppy-mode CommonJS: this is the global object, with works, and __dirname is not there', async () => {
  const end = await runModule(`
    function self() { return this }
    with ({ inside: 'yes' }) var found = inside
    exports.onExecutePostChallenge = async () => console.log(self() === globalThis, found, typeof __dirname)`)
  expect(end.console[0]?.text).toBe('true yes undefined')
})

test.each(['lodash', 'sqlite', 'node:sqlite', './other.js', '/etc/passwd', '__proto__'])(
  "require('%s') throws MODULE_NOT_FOUND when it runs",
  async (id) => {
    const end = await runModule(`
      exports.onExecutePostChallenge = async () => {
        try { require('${id}') } catch (error) { console.log(error instanceof Error, error.code, error.message) }
      }`)
    expect(end.console[0]?.text).toBe(`true MODULE_NOT_FOUND Cannot find module '${id}'`)
  },
)

test('a handler gets an event of its own', async () => {
  const event = { user: { name: 'Ann' }, list: [1] }
  const end = await runModule(
    `exports.onExecutePostChallenge = async (event) => { event.user.name = 'Bob'; event.list.push(2); console.log(event) }`,
    { event },
  )
  expect(end.console[0]?.text).toBe("{ user: { name: 'Bob' }, list: [ 1, 2 ] }")
  expect(event).toEqual({ user: { name: 'Ann' }, list: [1] })
})

const inspected: [source: string, answer: object][] = [
  [
    `exports.onExecutePostChallenge = async () => {}`,
    { ok: true, handlers: { onExecutePostChallenge: 'async', onContinuePostChallenge: 'missing' } },
  ],
  [
    `exports.onContinuePostChallenge = () => {}`,
    { ok: true, handlers: { onExecutePostChallenge: 'missing', onContinuePostChallenge: 'not-async' } },
  ],
  [`setInterval(() => {}, 1); console.log('x'); exports.onExecutePostChallenge = async () => {}`, { ok: true }],
  [`require('left-pad')`, { ok: false, error: { code: 'MODULE_NOT_FOUND' } }],
  [`module.exports = 1`, { ok: false, error: { message: 'The Action must export an object.' } }],
]

test.each(inspected)('inspecting %s', async (source, answer) => {
  const isolate = await isolateOf(source)
  expect(isolate.inspect(limits)).toMatchObject(answer)
  isolate.dispose()
})
