/** Actions that look for a way out: of the isolate, of their run, of their tenant. Each finds nothing. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { executing, openRuntime, type Request, type TestRuntime } from '../support/runtime.ts'

let runtime: TestRuntime
beforeAll(async () => {
  runtime = await openRuntime()
})
afterAll(() => runtime.close())

/** What an expression comes to inside, as text. */
const found = async (expression: string, request?: Request): Promise<string> => {
  const source = executing(`
    let answer
    try { answer = await (${expression}) } catch (error) { answer = 'threw ' + error.name }
    api.access.deny(String(answer))`)
  const { decision, runs } = await runtime.execute(source, request)
  return decision.type === 'deny' ? decision.reason : `${runs[0]?.ending}: ${runs[0]?.error?.message}`
}

describe('out of the isolate', () => {
  test.each([
    [
      'the global object of Node',
      `typeof process + typeof Buffer + typeof global + typeof __dirname`,
      'undefinedundefinedundefinedundefined',
    ],
    ['process by the function constructor', `Function('return typeof process')()`, 'undefined'],
    [
      'process by the constructor of a function it was given',
      `api.access.deny.constructor('return typeof process')()`,
      'undefined',
    ],
    [
      'process by the constructor of the event',
      `event.constructor.constructor('return typeof process')()`,
      'undefined',
    ],
    ['process by the constructor of the console', `console.log.constructor('return typeof process')()`, 'undefined'],
    [
      'process by the constructor of an async function',
      `(async () => {}).constructor('return typeof process')()`,
      'undefined',
    ],
    [
      'process by an error of the host',
      `(() => { try { api.redirect.sendUserTo('x') } catch (e) { return e.constructor.constructor('return typeof process')() } })()`,
      'undefined',
    ],
    ['the door', `typeof __interlock_open`, 'undefined'],
    ['the callers of the handler', `(function inner() { return inner.caller.caller })()`, 'threw TypeError'],
    ['a module of Node', `require('fs')`, 'threw Error'],
    ['an import', `import('node:fs')`, 'threw Error'],
    ['shared memory', `typeof SharedArrayBuffer + typeof Atomics + typeof WebAssembly`, 'undefinedundefinedundefined'],
    ['finalizers', `typeof FinalizationRegistry + typeof WeakRef`, 'undefinedundefined'],
  ])('%s: %s', async (_, expression, answer) => {
    expect(await found(expression)).toBe(answer)
  })

  test('stack frames show the host to nobody: Error.prepareStackTrace', async () => {
    const frames = `(() => {
      Error.prepareStackTrace = (_, sites) => sites
        .filter((site) => site.getFileName() !== 'action.js')
        .map((site) => [site.getFileName(), typeof site.getThis(), typeof site.getFunction()].join(' '))
      return [...new Set(new Error('x').stack)]
    })()`
    expect(await found(frames)).toBe('interlock:guest undefined undefined')
  })
})

describe('out of the run', () => {
  const leave = executing(`
    globalThis.left = 'left'
    Object.prototype.left = 'left'
    Array.prototype.map = () => ['left'];
    /(left)/.test('left')
    Promise.prototype.then = () => 'left'
    JSON.stringify = () => '"left"'
    String.prototype.includes = () => 'left'
    Function.prototype.call = () => 'left'
    RegExp.prototype.exec = () => ['left']`)
  const look = `JSON.stringify([typeof left, {}.left, [1].map((n) => n), RegExp.$1, 'a'.includes('b')])`
  const clean = '["undefined",null,[1],"",false]'

  test('nothing is left for the next run of the same action version', async () => {
    const source = executing(`
      if (event.leave) { globalThis.left = 1; Object.prototype.left = 1; /(x)/.test('x') }
      else api.access.deny([typeof left, {}.left, RegExp.$1].join())`)
    await runtime.execute(source, { event: { leave: true } })
    expect((await runtime.execute(source, { event: {} })).decision).toMatchObject({ reason: 'undefined,,' })
  })

  test('nor for the next action of the same leg', async () => {
    const { decision } = await runtime.execute([leave, executing(`api.access.deny(${look})`)])
    expect(decision).toMatchObject({ reason: clean })
  })

  test('nor for another tenant', async () => {
    await runtime.execute(leave, { tenant: 'mallory' })
    expect(await found(look, { tenant: 'neighbour' })).toBe(clean)
  })

  test('what it started ends with it: a timer of a settled run never fires', async () => {
    const source = executing(`setTimeout(() => { for (;;); }); setInterval(() => { for (;;); })`)
    expect((await runtime.execute(source)).decision).toEqual({ type: 'proceed' })
    const ended = runtime.ended.length
    expect((await runtime.execute(executing(`await new Promise((done) => setTimeout(done, 300))`))).decision).toEqual({
      type: 'proceed',
    })
    expect(runtime.ended).toHaveLength(ended)
  })

  test('commands recorded after the handler has settled are not believed', async () => {
    const source = executing(
      `Promise.resolve().then(() => {}).then(() => {}).then(() => {}).then(() => api.access.deny('late'))`,
    )
    expect((await runtime.execute(source)).decision.type).not.toBe('fail')
  })
})

test('two tenants never share a process', async () => {
  const before = new Set(runtime.living)
  await Promise.all(['one', 'two'].map((tenant) => runtime.execute(executing(''), { tenant })))
  const tenants = runtime.ended.filter(({ pid }) => before.has(pid)).map(({ tenant }) => tenant)
  expect(new Set(tenants).size).toBe(tenants.length)
})

test('the sandbox process has no environment, and no secret on its command line', async () => {
  const secret = 'a-secret-that-must-not-stay'
  await runtime.execute(executing(''), { tenant: 'keeper', secrets: [{ KEY: secret }] })
  for (const pid of runtime.living) {
    // The shell that sets its limits leaves this behind.
    expect(['', 'PWD=/\0']).toContain(readFileSync(`/proc/${pid}/environ`, 'latin1'))
    expect(readFileSync(`/proc/${pid}/cmdline`, 'latin1')).not.toContain(secret)
  }
})
