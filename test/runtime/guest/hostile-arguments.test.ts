/**
 * Arguments that fight back, given to every method of `api`: what leaves the guest is plain, whole and the author's own.
 * Those that fill the heap are in `test/hostile`: they need a process that may die.
 */
import { expect, test } from 'vitest'
import { commands } from '../../../runtime/src/bridge/command.ts'
import { runBody } from './run-guest.ts'

/** `x` is the argument, `calls` counts how often it was looked at. */
const hostile: [title: string, code: string][] = [
  ['a getter that throws', `const x = { get type() { throw new Error('no') }, get vars() { throw new Error('no') } }`],
  [
    'a getter that answers differently each time',
    `let n = 0; const x = { get type() { return n++ % 2 ? 'user.delete' : 'otp' }, get url() { return 'javascript:' + n++ } }`,
  ],
  [
    'a proxy over everything',
    `const x = new Proxy(function () {}, { get: (_, key) => (key === Symbol.toPrimitive ? () => 'javascript:alert(1)' : x), has: () => true, ownKeys: () => ['prototype'], getPrototypeOf: () => Array.prototype })`,
  ],
  ['a proxy that was revoked', `const { proxy: x, revoke } = Proxy.revocable({}, {}); revoke()`],
  ['a thenable', `const x = { then(done) { done({ type: 'user.delete' }) } }`],
  ['toJSON', `const x = { toJSON: () => ({ type: 'user.delete', forged: true }) }`],
  ['toJSON that throws', `const x = { toJSON() { throw 'no' } }`],
  ['Symbol.toPrimitive', `const x = { [Symbol.toPrimitive]: () => 'javascript:alert(1)' }`],
  ['Symbol.toPrimitive that answers with an object', `const x = { [Symbol.toPrimitive]: () => ({}) }`],
  [
    'a polluted prototype',
    `Object.prototype.type = 'user.delete'; Object.prototype.toJSON = () => ({ type: 'user.delete' }); Object.prototype.url = 'javascript:1'; const x = {}`,
  ],
  [
    'setters on every index',
    `for (const n of [0, 1, 2]) Object.defineProperty(Array.prototype, n, { set() { throw 'caught' }, get: () => ({ type: 'user.delete' }) }); const x = []`,
  ],
  ['a command', `const x = { type: 'user.delete', reason: 'x', commands: [{ type: 'user.delete' }] }`],
  ['itself within itself', `const x = []; x.push(x)`],
  ['a symbol', `const x = Symbol('x')`],
  ['a big integer', `const x = 10n ** 1000n`],
  ['a long string', `const x = 'x'.repeat(1e5)`],
  ['a list with holes', `const x = new Array(1e4)`],
  ['a buffer', `const x = new Uint8Array(1e3)`],
]

const methods = [
  'api.access.deny(x)',
  'api.authentication.challengeWith(x, x)',
  'api.authentication.challengeWith({ type: x }, { additionalFactors: x })',
  'api.authentication.challengeWithAny(x)',
  'api.authentication.challengeWithAny([x, { type: x, options: x }])',
  'api.cache.get(x)',
  'api.cache.set(x, x, x)',
  'api.cache.set("k", x, { ttl: x, expires_at: x })',
  'api.cache.delete(x)',
  'api.prompt.render("p", { vars: x, fields: { x } })',
  'api.redirect.encodeToken({ secret: "s", payload: x, expiresInSeconds: x })',
  'api.redirect.encodeToken(x)',
  'api.redirect.validateToken(x)',
  'api.redirect.sendUserTo("https://a.example/", { query: x })',
  'api.transaction.setResultUrl(x, x)',
  'console.log(x)',
  'setTimeout(x, x)',
  'require(x)',
]

test.each(hostile)('%s', async (_, code) => {
  const calls = methods.map((method) => `try { ${method} } catch {}`).join('\n')
  const end = await runBody(`${code}\n${calls}\nawait null`)
  // A prompt beside a redirect ends a run as well; a run that is lost is neither of the two.
  expect(['completed', 'threw']).toContain(end.ending)
  expect(commands.parse(end.commands)).toEqual(end.commands)
  expect(JSON.stringify([end.commands, end.error?.message])).not.toMatch(/user\.delete|forged|javascript:/)
})

test.each(methods)('%s with all of them in one run', async (method) => {
  const body = hostile
    .filter(([title]) => !title.includes('polluted') && !title.includes('every index'))
    .map(([, code]) => `{ ${code}; try { ${method} } catch {} }`)
  const end = await runBody(body.join('\n'))
  expect(['completed', 'threw']).toContain(end.ending)
  expect(commands.safeParse(end.commands).success).toBe(true)
})
