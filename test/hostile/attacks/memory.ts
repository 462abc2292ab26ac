/** Actions that use up memory, on the heap and beside it. */
import { type Attack, attack } from './attack.ts'

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
  attack('one string that doubles', `let s = 'x'; for (;;) s += s`, 'threw', 'exceeded-heap'),
  attack('symbols without end', `const a = []; for (;;) a.push(Symbol('x'.repeat(100) + a.length))`, 'exceeded-heap'),
  attack(
    'code without end',
    `const a = []; for (let n = 0; ; n++) a.push(Function('return ' + n))`,
    'exceeded-heap',
    'exceeded-cpu',
  ),
  attack(
    'a regular expression of 16 MB',
    `new RegExp('(a|b)'.repeat(3e6)).test('c')`,
    'threw',
    'exceeded-heap',
    'exceeded-cpu',
  ),
]
