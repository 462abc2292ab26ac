import { expect, test } from 'vitest'
import { limits, runBody, runModule } from './run-guest.ts'

const linesOf = async (body: string, run = {}) => {
  const end = await runBody(body, run)
  expect(end.error).toBeUndefined()
  return end.console.map(({ text }) => text)
}

test('a handler may wait for a timer, and gets its arguments', async () => {
  expect(
    await linesOf(`console.log(await new Promise((resolve) => setTimeout((a, b) => resolve(a + b), 5, 'x', 'y')))`),
  ).toEqual(['xy'])
})

test('timers fire in the order of their delays', async () => {
  const lines = await linesOf(`
    await new Promise((done) => {
      setTimeout(() => { console.log('late'); done() }, 60)
      setTimeout(() => console.log('early'), 5)
      queueMicrotask(() => console.log('microtask'))
      console.log('now')
    })`)
  expect(lines).toEqual(['now', 'microtask', 'early', 'late'])
})

test('an interval fires until it is cleared', async () => {
  const lines = await linesOf(`
    await new Promise((done) => {
      let n = 0
      const interval = setInterval(() => { console.log(n += 1); if (n === 3) { clearInterval(interval); done() } }, 1)
    })
    await new Promise((done) => setTimeout(done, 10))`)
  expect(lines).toEqual(['1', '2', '3'])
})

test.each(['timeout', 'Number(timeout)', 'String(Number(timeout))'])('clearTimeout(%s) clears it', async (handle) => {
  const lines = await linesOf(`
    const timeout = setTimeout(() => console.log('fired'), 1)
    clearTimeout(${handle})
    await new Promise((done) => setTimeout(done, 10))`)
  expect(lines).toEqual([])
})

test('clearing anything else is ignored', async () => {
  expect(await linesOf(`for (const x of [undefined, null, {}, 'x', 99, NaN, Symbol()]) clearTimeout(x)`)).toEqual([])
})

test('a Timeout has the surface of Node', async () => {
  const lines = await linesOf(`
    const timeout = setTimeout(() => console.log('fired'), 1)
    console.log(timeout.constructor.name, timeout.ref() === timeout, timeout.unref() === timeout, timeout.hasRef())
    console.log(typeof timeout[Symbol.toPrimitive](), timeout.refresh() === timeout, timeout.close() === timeout)
    timeout.refresh()
    await new Promise((done) => setTimeout(done, 10))`)
  expect(lines).toEqual(['Timeout true true false', 'number true true'])
})

test('refresh starts a timer again that has fired', async () => {
  const lines = await linesOf(`
    let n = 0
    await new Promise((done) => {
      const timeout = setTimeout(() => { n += 1; console.log(n); if (n === 2) done(); else timeout.refresh() }, 1)
    })`)
  expect(lines).toEqual(['1', '2'])
})

test('a callback that is no function is refused', async () => {
  const end = await runBody(`setTimeout('console.log(1)', 1)`)
  expect(end.error).toMatchObject({
    name: 'TypeError',
    code: 'ERR_INVALID_ARG_TYPE',
    message: `The "callback" argument must be of type function. Received type string ('console.log(1)')`,
  })
})

test('only so many timers may be pending, and cleared ones do not count', async () => {
  const few = { limits: { ...limits, timers: 2 } }
  const end = await runBody(
    `clearTimeout(setTimeout(() => {}, 1)); setTimeout(() => {}, 1); setTimeout(() => {}, 1); setTimeout(() => {}, 1)`,
    few,
  )
  expect(end.error).toMatchObject({
    code: 'ERR_TIMERS_EXCEEDED',
    message: 'At most 2 timers may be pending (limit "timers", reached: 3).',
  })
})

test.each(['setTimeout', 'setImmediate', 'queueMicrotask'])(
  'an error in a callback of %s ends the run',
  async (start) => {
    const end = await runBody(
      `${start}(() => { throw new RangeError('nobody catches this') }); await new Promise(() => {})`,
    )
    expect(end).toMatchObject({ ending: 'threw', error: { name: 'RangeError', message: 'nobody catches this' } })
  },
)

test('a timer left behind does not keep a run from ending', async () => {
  const end = await runBody(`setInterval(() => console.log('still here'), 1)`)
  expect(end).toMatchObject({ ending: 'completed', console: [] })
})

test('a rejection nobody handles is not fatal', async () => {
  const end = await runBody(`Promise.reject(new Error('forgotten')); api.access.deny('no')`)
  expect(end).toMatchObject({ ending: 'completed', commands: [{ type: 'access.deny' }] })
})

test('a timer started while the module loads works', async () => {
  const end = await runModule(`
    const ready = new Promise((resolve) => setTimeout(resolve, 1, 'ready'))
    exports.onExecutePostChallenge = async () => console.log(await ready)`)
  expect(end.console).toEqual([{ level: 'log', text: 'ready' }])
})
