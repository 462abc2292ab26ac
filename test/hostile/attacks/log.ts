/** Actions that flood the log or forge what it says. */
import { type Attack, attack } from './attack.ts'

export const logAttacks: Attack[] = [
  attack(
    'a flood of console lines',
    `for (let n = 0; n < 100_000; n++) console.log('x'.repeat(100))`,
    'completed',
    'exceeded-cpu',
  ),
  attack('a flood of empty lines', `for (let n = 0; n < 1e6; n++) console.log('')`, 'completed', 'exceeded-cpu'),
  attack('one console line of 100 MB', `console.log('x'.repeat(1e8))`, 'completed', 'exceeded-heap'),
  attack(
    'a deep object in the console',
    `let o = {}; for (let n = 0; n < 1e5; n++) o = { o }; console.dir(o, { depth: Infinity })`,
    'completed',
    'threw',
    'exceeded-cpu',
    'exceeded-heap',
  ),
  attack('an object that is its own content', `const o = {}; o.o = o; console.log(o)`, 'completed'),
  attack('an object that prints itself without end', `console.log({ toString() { for (;;); } } + '')`, 'exceeded-cpu'),
  attack(
    'a proxy that never answers',
    `console.log(new Proxy({}, { ownKeys() { for (;;); } }))`,
    'completed',
    'exceeded-cpu',
  ),
  attack('indentation without end', `for (;;) console.group('x')`, 'exceeded-cpu', 'exceeded-heap', 'threw'),
  attack(
    'counters without end',
    `for (let n = 0; ; n++) console.count('x'.repeat(1000) + n)`,
    'exceeded-heap',
    'exceeded-cpu',
  ),
  attack('a string of 512 MB as an error', `throw new Error('x'.repeat(2 ** 29 - 24))`, 'threw', 'exceeded-heap'),
  attack('an error that is its own cause', `const e = new Error('x'); e.cause = e; throw e`, 'threw'),
  attack(
    'an error with a name of 10 MB',
    `throw Object.assign(new Error('x'), { name: 'n'.repeat(1e7), code: 'c'.repeat(1e7) })`,
    'threw',
  ),
]
