/** Actions that use up processor time, or never end. */
import { type Attack, attack } from './attack.ts'

export const cpuAttacks: Attack[] = [
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
  attack('reversing without end', `Array.prototype.reverse.call({ length: 2 ** 53 - 1 })`, 'exceeded-cpu'),
  attack(
    'searching backwards without end',
    `Array.prototype.lastIndexOf.call({ length: 2 ** 53 - 1 }, 1)`,
    'exceeded-cpu',
  ),
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
  attack('a sort whose comparison never ends', `[2, 1].sort(() => { for (;;); })`, 'exceeded-cpu'),
  attack(
    'a getter of the global object',
    `Object.defineProperty(globalThis, 'x', { get() { for (;;); } }); x`,
    'exceeded-cpu',
  ),
  attack('a loop in a generator', `for (const _ of (function* () { for (;;) yield 1 })());`, 'exceeded-cpu'),
  attack('a loop in code made from text', `Function('for (;;);')()`, 'exceeded-cpu'),
  attack(
    'a loop after every limit was caught',
    `for (;;) try { for (;;); } catch {} finally { for (;;); }`,
    'exceeded-cpu',
  ),
  attack('endless recursion that is caught', `const f = () => { try { f() } finally { f() } }; f()`, 'exceeded-cpu'),
]
