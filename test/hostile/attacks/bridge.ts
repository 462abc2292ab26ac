/** Actions that hand `api` what it does not expect, or flood it. */
import { type Attack, attack } from './attack.ts'

export const bridgeAttacks: Attack[] = [
  attack('a flood of commands', `for (;;) api.access.deny('x')`, 'exceeded-output', 'exceeded-cpu', 'threw'),
  attack(
    'a flood of commands whose refusal is caught',
    `for (let n = 0; n < 1e4; n++) try { api.access.deny('x') } catch {}`,
    'exceeded-output',
  ),
  attack('a denial of 100 MB', `api.access.deny('x'.repeat(1e8))`, 'threw', 'completed', 'exceeded-output'),
  attack('a denial that is no text', `api.access.deny({ toString: () => 'x' })`, 'threw'),
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
  attack('an object that contains itself', `const o = {}; o.o = o; api.prompt.render('p', { vars: o })`, 'threw'),
  attack('a getter that loops', `api.prompt.render('p', { get vars() { for (;;); } })`, 'exceeded-cpu'),
  attack(
    'a proxy that has every key',
    `api.prompt.render('p', { vars: new Proxy({}, { ownKeys: () => { for (;;); } }) })`,
    'exceeded-cpu',
  ),
  attack(
    'toJSON that grows what it is part of',
    `const o = {}; let n = 0; o.toJSON = () => ({ ['k' + n++]: o }); api.prompt.render('p', { vars: o })`,
    'threw',
    'exceeded-heap',
    'exceeded-cpu',
  ),
  attack(
    'text that is made by a loop',
    `api.redirect.sendUserTo({ [Symbol.toPrimitive]() { for (;;); } })`,
    'exceeded-cpu',
  ),
  attack('a redirect to a script', `api.redirect.sendUserTo('javascript:alert(1)')`, 'threw'),
  attack(
    'a redirect of 100 MB',
    `api.redirect.sendUserTo('https://a.example/?' + 'x'.repeat(1e8))`,
    'threw',
    'exceeded-heap',
  ),
  attack(
    'a query of a million parameters',
    `api.redirect.sendUserTo('https://a.example/', { query: Object.fromEntries(Array.from({ length: 1e6 }, (_, n) => [n, n])) })`,
    'threw',
    'exceeded-cpu',
    'exceeded-heap',
  ),
  attack('a thenable that never ends', `await { then() { for (;;); } }`, 'exceeded-cpu'),
  attack(
    'a list of a billion factors',
    `api.authentication.challengeWithAny(new Proxy([], { get: (list, key) => (key === 'length' ? 1e9 : { type: 'otp' }) }))`,
    'threw',
  ),
  attack(
    'a factor that changes while it is read',
    `let n = 0; api.authentication.challengeWithAny([{ get type() { return n++ ? 'forged' : 'otp' } }])`,
    'completed',
    'threw',
  ),
  attack(
    'a prototype that adds commands',
    `Object.prototype.toJSON = () => [{ type: 'user.delete' }]; Array.prototype.push = null; api.access.deny('mine')`,
    'completed',
  ),
  attack('a cache value of 100 MB', `api.cache.set('k', 'x'.repeat(1e8))`, 'completed', 'exceeded-heap'),
  attack(
    'a cache key that reaches a prototype',
    `api.cache.set('__proto__', 'x'); api.cache.set('constructor', 'x')`,
    'completed',
  ),
  attack(
    'a token that holds itself',
    `const o = {}; o.o = o; api.redirect.encodeToken({ secret: 's', payload: o })`,
    'threw',
  ),
  attack('a flood of timers', `for (;;) setTimeout(() => {}, 1e6)`, 'threw'),
  attack(
    'a flood of calls',
    `for (;;) try { api.redirect.encodeToken({ secret: 's', payload: { x: 'x'.repeat(1e4) } }) } catch {}`,
    'exceeded-cpu',
  ),
]
