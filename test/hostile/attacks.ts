/** Author code that means harm: what it is, and the word its run must end with. */
import type { Ending } from '@interlock/runtime'
import { executing } from '../support/runtime.ts'

export interface Attack {
  title: string
  source: string
  endings: Ending[]
}

const attack = (title: string, body: string, ...endings: Ending[]): Attack => ({
  title,
  source: executing(body),
  endings,
})

export const timeAttacks: Attack[] = [
  attack('a loop', `while (true);`, 'exceeded-cpu'),
  attack('a loop in a microtask', `await null; for (;;);`, 'exceeded-cpu'),
  attack('a loop in a timer', `setTimeout(() => { for (;;); }); await new Promise(() => {})`, 'exceeded-cpu'),
  attack(
    'microtasks without end',
    `const again = () => Promise.resolve().then(again); await again()`,
    'exceeded-cpu',
    'exceeded-heap',
  ),
  attack('a promise that never settles', `await new Promise(() => {})`, 'exceeded-wall'),
  attack('a timer far away', `await new Promise((done) => setTimeout(done, 1e9))`, 'exceeded-wall'),
  attack(
    'short stretches that add up',
    `for (let n = 0; n < 100; n++) { const end = Date.now() + 10; while (Date.now() < end); await new Promise((done) => setTimeout(done)) }`,
    'exceeded-cpu',
  ),
  attack(
    'short turns without end',
    `for (;;) await new Promise((done) => setTimeout(done))`,
    'exceeded-wall',
    'exceeded-cpu',
  ),
  attack('backtracking', `/^(a+)+$/.test('a'.repeat(40) + 'b')`, 'exceeded-cpu'),
  attack('a builtin that asks nobody', `Array.prototype.indexOf.call({ length: 2 ** 53 - 1 }, 1)`, 'exceeded-cpu'),
  attack('another one', `Array.prototype.reverse.call({ length: 2 ** 53 - 1 })`, 'exceeded-cpu'),
  attack('a huge sort', `Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1)`, 'exceeded-cpu'),
  attack('big integers', `let n = 3n; for (;;) n *= n`, 'exceeded-cpu', 'exceeded-heap', 'threw'),
  attack(
    'a thrown object whose getters loop',
    `throw { get message() { for (;;); }, get stack() { for (;;); }, get name() { for (;;); } }`,
    'exceeded-cpu',
    'threw',
  ),
  attack(
    'a thrown Error whose getters loop',
    `throw Object.defineProperty(new Error('x'), 'stack', { get() { for (;;); } })`,
    'exceeded-cpu',
    'threw',
  ),
  attack(
    'a stack that is prepared without end',
    `Error.prepareStackTrace = () => { for (;;); }; null.x`,
    'exceeded-cpu',
    'threw',
  ),
  attack(
    'a rejection nobody handles, whose getters loop',
    `Promise.reject(Object.defineProperty(new Error('x'), 'message', { get() { for (;;); } }))`,
    'completed',
    'exceeded-cpu',
  ),
  attack('a loop while the module loads', `}\nfor (;;);\n{`, 'exceeded-cpu'),
]

export const memoryAttacks: Attack[] = [
  attack('arrays of arrays', `const a = []; for (;;) a.push(new Array(1000).fill(1))`, 'exceeded-heap'),
  attack('one array filled', `Array(1e9).fill(1)`, 'exceeded-heap', 'threw'),
  attack('Array.from', `Array.from({ length: 1e9 }, (_, index) => ({ index }))`, 'exceeded-heap'),
  attack('a set of strings', `const s = new Set(); for (let n = 0; ; n++) s.add('k'.repeat(100) + n)`, 'exceeded-heap'),
  attack('a map', `const m = new Map(); for (let n = 0; ; n++) m.set(n, { n })`, 'exceeded-heap'),
  attack(
    'a large array that is filled slowly',
    `const a = new Array(3e7); for (let n = 0; n < 3e7; n++) a[n] = { n }`,
    'exceeded-heap',
  ),
  attack('spreading', `let a = [1]; for (;;) a = [...a, ...a]`, 'exceeded-heap', 'threw'),
  attack(
    'closures in a chain',
    `let f = () => 0; for (;;) { const g = f; const big = new Array(1000).fill(0); f = () => [g, big] }`,
    'exceeded-heap',
  ),
  attack('JSON', `JSON.stringify(Array(2e7).fill('aaaa'))`, 'exceeded-heap', 'threw'),
  attack('a string split', `'x'.repeat(5e8).split('')`, 'exceeded-heap', 'threw'),
  attack('buffers', `const a = []; for (;;) a.push(new Uint8Array(1e6).fill(1))`, 'threw', 'exceeded-heap'),
  attack(
    'resizable buffers',
    `const a = []; for (;;) { const b = new ArrayBuffer(1, { maxByteLength: 1e8 }); b.resize(1e8); new Uint8Array(b).fill(1); a.push(b) }`,
    'threw',
    'exceeded-heap',
  ),
  attack(
    'buffers grown by transfer',
    `const a = []; for (;;) { const b = new ArrayBuffer(8).transfer(1e8); new Uint8Array(b).fill(1); a.push(b) }`,
    'threw',
    'exceeded-heap',
  ),
  attack('normalising', `for (;;) '\\u0390'.repeat(1e8).normalize('NFD')`, 'exceeded-heap', 'exceeded-cpu', 'threw'),
  attack(
    'a hoard of formats',
    `const a = []; for (;;) a.push(new Intl.DateTimeFormat('fr'))`,
    'exceeded-heap',
    'exceeded-cpu',
    'threw',
  ),
  attack('a string of 512 MB as an error', `throw new Error('x'.repeat(2 ** 29 - 24))`, 'threw', 'exceeded-heap'),
  attack(
    'a string of 100 MB nobody handles',
    `Promise.reject('x'.repeat(1e8)); await null`,
    'completed',
    'exceeded-heap',
  ),
  attack(
    'heap that is kept by a promise that never settles',
    `const a = []; const fill = () => { for (let n = 0; n < 1000; n++) a.push(new Array(1000).fill({})); setTimeout(fill) }; fill(); await new Promise(() => {})`,
    'exceeded-heap',
  ),
]

export const outputAttacks: Attack[] = [
  attack(
    'a flood of console lines',
    `for (let n = 0; n < 100_000; n++) console.log('x'.repeat(100))`,
    'completed',
    'exceeded-cpu',
  ),
  attack('one console line of 100 MB', `console.log('x'.repeat(1e8))`, 'completed', 'exceeded-heap'),
  attack(
    'a deep object in the console',
    `let o = {}; for (let n = 0; n < 1e5; n++) o = { o }; console.dir(o, { depth: Infinity })`,
    'completed',
    'threw',
    'exceeded-cpu',
    'exceeded-heap',
  ),
  attack('a flood of commands', `for (;;) api.access.deny('x')`, 'exceeded-output', 'exceeded-cpu', 'threw'),
  attack('a denial of 100 MB', `api.access.deny('x'.repeat(1e8))`, 'threw', 'completed', 'exceeded-output'),
  attack('a prompt of 100 MB', `api.prompt.render('p', { vars: { x: 'x'.repeat(1e8) } })`, 'threw', 'exceeded-heap'),
  attack(
    'a graph that is huge as text',
    `let o = {}; for (let n = 0; n < 40; n++) o = { a: o, b: o }; api.prompt.render('p', { vars: o })`,
    'threw',
    'exceeded-cpu',
    'exceeded-heap',
  ),
  attack(
    'a prompt nested deep',
    `let o = {}; for (let n = 0; n < 4000; n++) o = { o }; api.prompt.render('p', { vars: o })`,
    'threw',
  ),
  attack('a flood of timers', `for (;;) setTimeout(() => {}, 1e6)`, 'threw'),
  attack(
    'a flood of calls',
    `for (;;) try { api.redirect.encodeToken({ secret: 's', payload: { x: 'x'.repeat(1e4) } }) } catch {}`,
    'exceeded-cpu',
  ),
]
