/** `require` of the modules that come with the guest. */
import { expect, test } from 'vitest'
import { evaluate, runBody } from './run-guest.ts'

test('a module is the same with and without node:, and each time', async () => {
  expect(
    await evaluate(`[require('timers') === require('node:timers'), require('timers') === require('timers')]`),
  ).toEqual([true, true])
})

test('a module is evaluated anew for each run', async () => {
  const change = `const timers = require('timers'); console.log(String(timers.mine)); timers.mine = 1`
  for (const _ of [1, 2]) expect((await runBody(change)).console.map(({ text }) => text)).toEqual(['undefined'])
})

test.each([
  `'left-pad'`,
  `'node:left-pad'`,
  `'node:node:timers'`,
  `''`,
  `'__proto__'`,
  `'constructor'`,
  `'./timers.ts'`,
])('require(%s) throws when it runs, and can be caught', async (id) => {
  expect(await evaluate(`(() => { try { require(${id}) } catch ({ code }) { return code } })()`)).toBe(
    'MODULE_NOT_FOUND',
  )
})

test('require of no text is refused as in Node', async () => {
  expect(await evaluate(`(() => { try { require(1) } catch ({ name, code }) { return [name, code] } })()`)).toEqual([
    'TypeError',
    'ERR_INVALID_ARG_TYPE',
  ])
})
