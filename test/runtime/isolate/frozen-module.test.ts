/** Modules that were evaluated once, for a V8 snapshot: nobody may notice but the clock. Harmless code only. */
import { beforeAll, describe, expect, test } from 'vitest'
import { buildGuest } from '../../../runtime/src/bundle/build-guest.ts'
import { wrapModule } from '../../../runtime/src/bundle/module-wrapper.ts'
import { pack } from '../../../runtime/src/isolate/ahead.ts'
import { compileAhead, freezeModule } from '../../../runtime/src/isolate/freeze.ts'
import { createGuestSnapshots, type GuestSnapshots } from '../../../runtime/src/isolate/guest-snapshots.ts'
import { createIsolate } from '../../../runtime/src/isolate/isolate.ts'
import { rehearse } from '../../../runtime/src/isolate/rehearsal.ts'
import type { Module, RunEnd } from '../../../runtime/src/isolate/run.ts'
import { deaf, defaultRun, limits } from '../guest/run-guest.ts'

let guest: GuestSnapshots
beforeAll(async () => {
  guest = createGuestSnapshots(await buildGuest())
})

const handler = (body: string) => `exports.onExecutePostChallenge = async (event, api) => { ${body} }`
const moduleOf = (source: string): Module => ({ hash: source, code: wrapModule(source), fileName: 'action.js' })

const freeze = (source: string): Module => {
  const module = moduleOf(source)
  return { ...module, ahead: { kind: 'snapshot', packed: pack(freezeModule({ guest, module, limits })) } }
}

const runTimes = async (times: number, module: Module): Promise<RunEnd[]> => {
  const isolate = createIsolate({ guest, module, heapMb: limits.heapMb })
  const ends: RunEnd[] = []
  for (let n = 0; n < times; n++) {
    ends.push(
      await new Promise<RunEnd>((ended) => {
        isolate.invoke({ run: defaultRun, network: deaf, entering: () => {}, ended })
      }),
    )
    for (let turns = 0; turns < 12; turns++) await new Promise((done) => setImmediate(done))
  }
  isolate.dispose()
  return ends
}

const textsOf = (ends: RunEnd[]) =>
  ends.map(({ console, error }) => error?.message ?? console.map(({ text }) => text).join())
const runFrozen = async (times: number, source: string) => textsOf(await runTimes(times, freeze(source)))

const impurityOf = (source: string) => compileAhead({ guest, module: moduleOf(source), limits }).impure

describe('a run from a snapshot', () => {
  test('has the module as it was when it had been loaded, without loading it again', async () => {
    const frozen = freeze(`const made = 'before'; ${handler('console.log(made)')}`)
    // Were the code evaluated, it would say something else.
    expect(textsOf(await runTimes(1, { ...frozen, code: wrapModule(handler(`console.log('now')`)) }))).toEqual([
      'before',
    ])
  })

  test('finds nothing that an earlier run has left', async () => {
    const source = `
      let count = 0; const list = []; class Kept { static #n = 0; static next() { return ++Kept.#n } }
      globalThis.mine ??= 0; Array.prototype.own = 1
      ${handler(`
        console.log(++count, list.push(1), Kept.next(), ++mine, Array.prototype.own++, Object.prototype.left)
        Object.prototype.left = 'left'; globalThis.more = 1`)}`
    expect(await runFrozen(4, source)).toEqual(Array(4).fill('1 1 1 1 1 undefined'))
  })

  test('knows what the host has answered while it was loaded, and asks it anew in the run', async () => {
    const source = `
      const url = new URL('../b?c', 'https://ü.example/a/')
      let code; try { new URL('') } catch (error) { code = error.code }
      ${handler(`url.hash = 'd'; console.log(url.href, code, new URL('http://later.example').host)`)}`
    expect(await runFrozen(2, source)).toEqual(
      Array(2).fill('https://xn--tda.example/b?c#d ERR_INVALID_URL later.example'),
    )
    expect(impurityOf(source)).toBeUndefined()
  })

  test('is not begun where the module asks the host for something else each time', () => {
    const source = `let url; try { url = new URL('https://a.example/' + Math.random()) } catch {}; ${handler('')}`
    expect(() => freeze(source)).toThrow('Loading it asks the host for something else each time.')
  })

  test('draws numbers of its own and reads the clock of its own time', async () => {
    const source = `const { random } = Math; const { now } = Date; ${handler('console.log(random(), Math.random(), now())')}`
    const frozen = freeze(source)
    const before = Date.now()
    const texts = [...textsOf(await runTimes(3, frozen)), ...textsOf(await runTimes(3, frozen))]
    const numbers = texts.map((text) => text.split(' ').map(Number))
    expect(new Set(numbers.flatMap((three) => three.slice(0, 2))).size).toBe(12)
    for (const [, , time = 0] of numbers) expect(time).toBeGreaterThanOrEqual(before)
  })

  test.each([
    ['a promise', `const it = Promise.resolve('kept'); ${handler('console.log(await it)')}`, 'kept'],
    [
      'a generator',
      `const it = (function* () { yield 1; yield 2 })(); it.next(); ${handler('console.log(it.next().value)')}`,
      '2',
    ],
    ['a proxy', `const it = new Proxy({}, { get: (_, key) => key }); ${handler('console.log(it.kept)')}`, 'kept'],
    [
      'a regular expression',
      `const it = /k(.)pt/; it.exec('kept'); ${handler(`console.log(it.exec('kept')[1])`)}`,
      'e',
    ],
    [
      'a map by object',
      `const k = {}; const it = new WeakMap([[k, 'kept']]); ${handler('console.log(it.get(k))')}`,
      'kept',
    ],
    [
      'an encoder',
      `const it = new TextEncoder(); ${handler(`console.log(it.encode('é').length, new URL('https://a.example/b').pathname)`)}`,
      '2 /b',
    ],
    [
      'Buffers in every encoding',
      `const it = ['utf8', 'hex', 'base64', 'base64url', 'ucs2', 'latin1'].map((name) => Buffer.from(Buffer.from('kept'.repeat(9)).toString(name), name)); ${handler(`console.log(it.map((one) => one.toString('utf8', 0, 4)).join(), it[2].toString('base64').length, atob(btoa('k')))`)}`,
      'kept,kept,kept,kept,kept,kept 48 k',
    ],
    [
      'what it has computed',
      `const crypto = require('crypto'); const it = crypto.createHash('sha256').update('kept').digest('hex').length; ${handler(`console.log(it, crypto.createHash('md5').update('').digest('base64').length)`)}`,
      '64 24',
    ],
    ['bytes', `const it = new Uint8Array([1, 2, 3]); ${handler('console.log(it.join())')}`, '1,2,3'],
    ['code from text', `const it = new Function('return "kept"'); ${handler('console.log(it())')}`, 'kept'],
  ])('has %s from the loading', async (_, source, text) => {
    expect(await runFrozen(2, source)).toEqual([text, text])
  })

  test('has what the module has brought along because this V8 has it not', async () => {
    const source = `globalThis.Temporal ??= 'own'; Promise.try ??= (call) => call(); ${handler(`console.log(Temporal, Promise.try(() => 'called'))`)}`
    expect(await runFrozen(2, source)).toEqual(Array(2).fill('own called'))
  })

  test('finds every builtin while it is loaded that it finds in its run', async () => {
    const list = `
      const list = () => {
        const found = []
        const look = (value, path) => {
          if ((typeof value === 'object' && value !== null) || typeof value === 'function')
            for (const key of Reflect.ownKeys(value)) found.push([path, key].map(String).join('.'))
        }
        for (const name of Reflect.ownKeys(globalThis)) {
          const { value } = Object.getOwnPropertyDescriptor(globalThis, name)
          look(value, name)
          look(value?.prototype, name)
        }
        return found.sort().join()
      }`
    const source = `${list}; const before = list(); ${handler(`console.log(before === list(), before.length > 10_000)`)}`
    expect(await runFrozen(1, source)).toEqual(['true true'])
  })

  test('has the globals of every run, and those that the module has added', async () => {
    const names = handler('console.log(Object.getOwnPropertyNames(globalThis).sort().join())')
    const [plain] = textsOf(await runTimes(1, moduleOf(names)))
    expect(await runFrozen(1, names)).toEqual([plain])
    expect(await runFrozen(1, `globalThis.added = 1; ${names}`)).toEqual([
      [...(plain?.split(',') ?? []), 'added'].sort().join(),
    ])
  })

  test.each(['\n', '// a comment\nconst one = 1\n\n'])(
    'names the author’s functions and lines after %j',
    async (head) => {
      const source = `${head}function deep() { throw new Error('deep') }\n${handler('deep()')}`
      const [plain] = await runTimes(1, moduleOf(source))
      const [frozen] = await runTimes(1, freeze(source))
      expect(frozen?.error?.stack).toContain('at deep (action.js:')
      expect(frozen?.error?.stack).toBe(plain?.error?.stack)
    },
  )
})

describe('a module that is loaded for a snapshot', () => {
  const look = `
    const seen = []
    const look = () => {
      seen.push(...Reflect.ownKeys(globalThis).map(String), ...new Error('x').stack.split('\\n'))
      Error.prepareStackTrace = (_, sites) => {
        for (const site of sites) seen.push(String(site.getFunction()), String(site.getThis()), String(site))
      }
      void new Error('x').stack
      delete Error.prepareStackTrace
    }`

  test('finds nothing of ours, at once or a little later', async () => {
    const source = `${look}; look(); Promise.resolve().then(look); ${handler(`console.log(seen.join('\\n'))`)}`
    const [text = ''] = await runFrozen(1, source)
    expect(text).toContain('action.js')
    expect(text).not.toMatch(/freezer|__interlock|Atomics|seal/)
  })

  test.each([
    ['reads the clock', 'const at = Date.now()', 'Date.now'],
    ['reads the clock by another name', 'const { now } = Date; const at = now()', 'Date.now'],
    ['reads the clock of the run', 'const at = performance.now()', 'Date.now'],
    ['asks when the run began', 'const at = performance.timeOrigin', 'Date.now'],
    ['makes a date', 'const at = new Date()', 'Date'],
    ['draws a number', 'const id = Math.random()', 'Math.random'],
    ['writes to the console', `console.log('loaded')`, 'console'],
    ['sets a timer', 'setTimeout(() => {}, 1)', 'setTimeout'],
    ['queues work', 'queueMicrotask(() => {})', 'queueMicrotask'],
    ['asks the network', `fetch('https://a.example').catch(() => {})`, 'fetch'],
    ['sets a timer by a module', `require('timers').setTimeout(() => {}, 1)`, 'setTimeout'],
    ['keys a WeakMap by the global object', 'const w = new WeakMap([[globalThis, 1]])', 'WeakMap of globalThis'],
  ])('and %s is not frozen', (_, statement, name) => {
    expect(impurityOf(`${statement}; ${handler('')}`)).toBe(`Loading it uses ${name}.`)
  })

  test.each([
    ['changes how stacks are made', 'Error.stackTraceLimit = 50', 'changes Error.stackTraceLimit.'],
    ['defines what V8 puts back', 'globalThis.WebAssembly = {}', 'defines WebAssembly.'],
    ['closes the global object', 'Object.preventExtensions(globalThis)', ''],
  ])('and %s is not frozen', (_, statement, reason) => {
    expect(() => freeze(`${statement}; ${handler('')}`)).toThrow(reason)
  })

  test.each([
    `require('buffer')`,
    `[performance, structuredClone({ a: 1 }), new ReadableStream(), new FormData(), new Blob(['a']), new Headers(), new Response('x'), new TextDecoder()]`,
    `new (class extends EventTarget {})()`,
    `Buffer.from('a').toString('base64')`,
    `btoa('a')`,
  ])('and has %s may be', (expression) => {
    expect(impurityOf(`const it = ${expression}; ${handler('')}`)).toBeUndefined()
  })

  const shortOut = (read: string) => `
    var nativeNow = Date.now
    function shortOut(func) {
      var count = 0, lastCalled = 0;
      return function() {
        var stamp = nativeNow(), remaining = HOT_SPAN - (stamp - lastCalled);
        lastCalled = stamp;
        if (remaining > 0) {
          if (++count >= HOT_COUNT) {
            return arguments[0];
          }
        } else {
          count = 0;
        }
        return func.apply(undefined, arguments);
      };
    }
    var HOT_COUNT = 800, HOT_SPAN = 16
    var set = shortOut(function(a) { return a })
    set(1); ${read}
    ${handler('')}`

  test('may read the clock as lodash does, which keeps no time', () => {
    expect(impurityOf(shortOut(''))).toBeUndefined()
    expect(impurityOf(shortOut('var at = nativeNow()'))).toBe('Loading it uses Date.now.')
    expect(impurityOf(shortOut('').replace('count = 0;\n', 'count = stamp;\n'))).toBe('Loading it uses Date.now.')
    expect(impurityOf(shortOut('').replace('return func.apply', 'globalThis.at = stamp; return func.apply'))).toBe(
      'Loading it uses Date.now.',
    )
  })
})

describe('a rehearsal', () => {
  const difference = (source: string) => rehearse({ guest, module: moduleOf(source), frozen: freeze(source), limits })

  test.each([
    ['the same', handler(`console.log('same'); api.access.deny('no')`)],
    ['the time and numbers, never the same twice', handler('console.log(Date.now(), Math.random())')],
    ['an error', handler(`throw new TypeError('no')`)],
  ])('finds no difference where a handler says %s', async (_, source) => {
    expect(await difference(source)).toBeUndefined()
  })

  test('finds a handler that ends otherwise', async () => {
    const source = `let settled = false; Promise.resolve().then(() => { settled = true }); ${handler('console.log(settled)')}`
    expect(await difference(source)).toBe('From a snapshot its handler ends otherwise.')
  })

  test('finds other handlers', async () => {
    const source = `Promise.resolve().then(() => { exports.onContinuePostChallenge = async () => {} }); ${handler('')}`
    expect(await difference(source)).toBe('From a snapshot it exports other handlers.')
  })
})

describe('a code cache', () => {
  test('is taken by V8, and the module is evaluated in each run', async () => {
    const module = moduleOf(`const drawn = Math.random(); ${handler('console.log(drawn)')}`)
    const { codeCache } = compileAhead({ guest, module, limits })
    const ends = await runTimes(3, { ...module, ahead: { kind: 'code-cache', packed: codeCache } })
    expect(new Set(textsOf(ends)).size).toBe(3)
  })

  test('that V8 refuses is done without', async () => {
    const module = moduleOf(handler(`console.log('ran')`))
    const { codeCache } = compileAhead({ guest, module: moduleOf(handler('')), limits })
    expect(textsOf(await runTimes(1, { ...module, ahead: { kind: 'code-cache', packed: codeCache } }))).toEqual(['ran'])
  })
})
