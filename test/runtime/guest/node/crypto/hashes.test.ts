/** Hashes, MACs, derived keys and random numbers: the same calls in this Node and in an isolate. */
import { getHashes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { evaluate } from '../../run-guest.ts'
import { differencesFromNode } from '../../same-as-node.ts'

const setup = `
  const crypto = require('crypto')
  const bytes = Uint8Array.from({ length: 300 }, (_, index) => (index * 7) & 255)
  const called = (run) => new Promise((done) => run((...results) => done(results)))`

const same = async (expressions: readonly string[]) => expect(await differencesFromNode(expressions, setup)).toEqual([])

test('every hash has the same digest', async () => {
  await same(getHashes().map((name) => `crypto.createHash('${name}').update('a').update(bytes).digest('hex')`))
})

test.each([
  'undefined',
  `'hex'`,
  `'base64'`,
  `'base64url'`,
  `'latin1'`,
  `'binary'`,
  `'buffer'`,
  `'utf8'`,
  `'nope'`,
  '5',
])('a digest as %s', (encoding) =>
  same([
    `crypto.createHash('sha256').update('é€😀\\ud800').digest(${encoding})`,
    `crypto.createHmac('sha1', 'key').update(bytes).digest(${encoding})`,
    `crypto.hash('md5', 'text', ${encoding})`,
  ]),
)

test('pieces', () =>
  same([
    `crypto.createHash('sha1').update('616', 'latin1').update('6162', 'hex').update('YWI', 'base64').update('ü', 'ucs2').digest('hex')`,
    `crypto.createHash('sha1').update(new Uint16Array(bytes.buffer, 2, 5)).update(new DataView(bytes.buffer, 7, 3)).digest('hex')`,
    `(() => { const hash = crypto.createHash('sha1'); const piece = Uint8Array.of(1, 2); hash.update(piece); piece[0] = 9; return hash.digest('hex') })()`,
    `(() => { const hash = crypto.createHash('sha1').update('a'); const copy = hash.copy(); hash.update('b'); return [hash.digest('hex'), copy.update('c').digest('hex')] })()`,
    `crypto.createHash('shake128', { outputLength: 40 }).update('a').digest('hex')`,
    `crypto.createHash('shake256', { outputLength: 5 }).copy({ outputLength: 7 }).digest('hex')`,
    `crypto.createHmac('sha256', crypto.createSecretKey(Buffer.from('k'))).update('a').digest('hex')`,
    `crypto.createHmac('sha256', bytes).update('a').update('').digest('base64url')`,
    `(() => { const mac = crypto.createHmac('sha1', 'k'); mac.digest(); return [mac.digest(), mac.digest('hex')] })()`,
    `crypto.hash('sha256', bytes)`,
    `crypto.hash('sha1', 'a', { outputEncoding: 'base64' })`,
    `crypto.createHash('sha256') instanceof crypto.Hash`,
    `crypto.createHash('sha256').constructor.name`,
    `crypto.createMac ? crypto.createMac('cmac', Buffer.alloc(16), { cipher: 'aes-128-cbc' }).update('a').final('hex') : 0`,
  ]))

test('streams', () =>
  same([
    `new Promise((done) => { const hash = crypto.createHash('sha256'); hash.on('readable', () => { const digest = hash.read(); if (digest) done(digest.toString('hex')) }); hash.write('some '); hash.end('text') })`,
    `new Promise((done) => { const hash = crypto.createHash('sha256').setEncoding('hex'); hash.on('data', done); hash.end('text') })`,
    `new Promise((done) => require('stream').Readable.from(['a', 'b']).pipe(crypto.createHash('md5')).on('data', (digest) => done(digest.toString('hex'))))`,
    `new Promise((done) => { const mac = crypto.createHmac('sha1', 'k'); require('stream').pipeline(require('stream').Readable.from([bytes]), mac, (error) => done([error, mac.read().toString('hex')])) })`,
  ]))

test('what is refused', () =>
  same([
    `crypto.createHash('nope')`,
    `crypto.createHash()`,
    `crypto.createHash(5)`,
    `crypto.createHash('sha256').update()`,
    `crypto.createHash('sha256').update(5)`,
    `crypto.createHash('sha256').update({})`,
    `crypto.createHash('sha256').update(null)`,
    `crypto.createHash('sha256').update(() => {})`,
    `crypto.createHash('sha256').update(new Map())`,
    `crypto.createHash('sha256').update(Symbol('s'))`,
    `crypto.createHash('sha256').update(5n)`,
    `crypto.createHash('sha256').update('abc', 'hex')`,
    `crypto.createHash('sha256').update(new ArrayBuffer(3))`,
    `(() => { const hash = crypto.createHash('sha1'); hash.digest(); hash.digest() })()`,
    `(() => { const hash = crypto.createHash('sha1'); hash.digest(); hash.update('a') })()`,
    `(() => { const hash = crypto.createHash('sha1'); hash.digest(); hash.copy() })()`,
    `crypto.createHmac('nope', 'k')`,
    `crypto.createHmac('sha256')`,
    `crypto.createHmac('sha256', 5)`,
    `crypto.createHmac(null, 'k')`,
    `crypto.hash('nope', 'a')`,
    `crypto.hash('sha1', 5)`,
    `crypto.hash('sha1')`,
    `crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab'))`,
    `crypto.timingSafeEqual('a', 'a')`,
    `crypto.timingSafeEqual()`,
  ]))

test('comparing', () =>
  same([
    `crypto.timingSafeEqual(Buffer.from('ab'), Buffer.from('ab'))`,
    `crypto.timingSafeEqual(Buffer.from('ab'), Buffer.from('ac'))`,
    `crypto.timingSafeEqual(new Uint16Array([1]), Buffer.from([1, 0]))`,
  ]))

test('derived keys', () =>
  same([
    `crypto.pbkdf2Sync('password', 'salt', 1000, 40, 'sha256')`,
    `crypto.pbkdf2Sync(bytes, bytes, 1, 64, 'sha512').toString('hex')`,
    `crypto.scryptSync('password', 'salt', 32)`,
    `crypto.scryptSync('password', bytes, 32, { N: 1024, r: 4, p: 2 })`,
    `crypto.scryptSync('password', bytes, 32, { cost: 1024, blockSize: 4, parallelization: 2, maxmem: 2 ** 25 })`,
    `crypto.hkdfSync('sha256', 'key', 'salt', 'info', 50)`,
    `Buffer.from(crypto.hkdfSync('sha512', bytes, bytes, '', 50)).toString('hex')`,
    `crypto.hkdfSync('sha256', crypto.createSecretKey(bytes), new ArrayBuffer(3), Buffer.alloc(0), 20) instanceof ArrayBuffer`,
    `crypto.argon2Sync('argon2id', { message: 'password', nonce: Buffer.alloc(16), parallelism: 2, tagLength: 32, memory: 64, passes: 2 }).toString('hex')`,
    `called((done) => crypto.pbkdf2('password', 'salt', 10, 20, 'sha1', done))`,
    `called((done) => crypto.scrypt('password', 'salt', 20, done))`,
    `called((done) => crypto.scrypt('password', 'salt', 20, { N: 2 }, done))`,
    `called((done) => crypto.hkdf('sha1', 'key', 'salt', 'info', 20, done)).then(([error, key]) => [error, Buffer.from(key).toString('hex')])`,
    `called((done) => crypto.argon2('argon2d', { message: 'password', nonce: Buffer.alloc(8), parallelism: 1, tagLength: 8, memory: 8, passes: 1 }, done))`,
    `(() => { let order = 'first'; crypto.pbkdf2('p', 's', 1, 1, 'sha1', () => { order += ' last' }); return order })()`,
    `crypto.pbkdf2Sync('p', 's', 0, 1, 'sha1')`,
    `crypto.pbkdf2Sync('p', 's', 1, -1, 'sha1')`,
    `crypto.pbkdf2Sync('p', 's', 1, 1, 'nope')`,
    `crypto.pbkdf2Sync('p', 's', 1, 1)`,
    `crypto.pbkdf2Sync(1, 's', 1, 1, 'sha1')`,
    `crypto.pbkdf2('p', 's', 1, 1, 'nope', () => {})`,
    `crypto.pbkdf2('p', 's', 1, 1, 'sha1')`,
    `crypto.pbkdf2('p', 's', 1, 1, () => {})`,
    `crypto.scryptSync('p', 's', 1, { N: 3 })`,
    `crypto.scryptSync('p', 's', 1, { N: 2 ** 15, maxmem: 1000 })`,
    `crypto.scryptSync('p', 's', 1, { N: 2, cost: 2 })`,
    `crypto.hkdfSync('nope', 'k', 's', 'i', 1)`,
    `crypto.hkdfSync('sha1', 'k', 's', 'i', 1e6)`,
    `crypto.hkdf('sha1', 'k', 's', 'i', 1)`,
    `crypto.argon2Sync('argon2id', {})`,
  ]))

describe('random numbers', () => {
  test('have the form that is asked for', () =>
    same([
      `crypto.randomBytes(12).length`,
      `crypto.randomBytes(0)`,
      `Buffer.isBuffer(crypto.randomBytes(3))`,
      `called((done) => crypto.randomBytes(5, done)).then(([error, drawn]) => [error, drawn.length])`,
      `[crypto.prng === crypto.randomBytes, crypto.rng(3).length, crypto.pseudoRandomBytes(4).length]`,
      `Array.from({ length: 40 }, () => crypto.randomInt(3)).every((drawn) => [0, 1, 2].includes(drawn))`,
      `crypto.randomInt(-3, -2)`,
      `called((done) => crypto.randomInt(1, done)).then(([error, drawn]) => [error ?? null, drawn])`,
      `/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID())`,
      `/^[0-9a-f-]{14}7[0-9a-f-]{21}$/.test(crypto.randomUUIDv7())`,
      `crypto.randomUUID({ disableEntropyCache: true }).length`,
      `(() => { const target = Buffer.alloc(8); return [crypto.randomFillSync(target) === target, target.some(Boolean)] })()`,
      `crypto.randomFillSync(Buffer.alloc(8), 8)`,
      `[...crypto.randomFillSync(new Uint8Array(8), 6).subarray(0, 6)]`,
      `[...crypto.randomFillSync(new Uint16Array(8), 1, 2)].map((one, at) => (at === 1 || at === 2 ? 'drawn' : one))`,
      `crypto.randomFillSync(new ArrayBuffer(4)).byteLength`,
      `called((done) => crypto.randomFill(new Uint8Array(4), done)).then(([error, filled]) => [error ?? null, filled.length])`,
      `called((done) => crypto.randomFill(new Uint8Array(4), 1, 2, done)).then(([error, filled]) => [error ?? null, filled[0], filled[3]])`,
      `crypto.getRandomValues(new Uint32Array(3)).length`,
    ]))

  test('are refused as Node does', () =>
    same([
      `crypto.randomBytes()`,
      `crypto.randomBytes(-1)`,
      `crypto.randomBytes('5')`,
      `crypto.randomBytes(5, 'x')`,
      `crypto.randomInt()`,
      `crypto.randomInt(0)`,
      `crypto.randomInt(5, 3)`,
      `crypto.randomInt('a')`,
      `crypto.randomInt(1.5)`,
      `crypto.randomInt(0, 2 ** 48)`,
      `crypto.randomInt(2 ** 48)`,
      `crypto.randomInt(1, 'x')`,
      `crypto.randomInt(1, 2, 'x')`,
      `crypto.randomUUID('x')`,
      `crypto.randomUUID({ disableEntropyCache: 1 })`,
      `crypto.randomUUIDv7(5)`,
      `crypto.randomFillSync('x')`,
      `crypto.randomFillSync(Buffer.alloc(3), 4)`,
      `crypto.randomFillSync(Buffer.alloc(3), 'x')`,
      `crypto.randomFillSync(Buffer.alloc(3), 1, 3)`,
      `crypto.randomFill(Buffer.alloc(3))`,
      `crypto.randomFill(Buffer.alloc(3), 'x', () => {})`,
      `crypto.getRandomValues(new Float64Array(1))`,
      `crypto.getRandomValues(new Uint8Array(65537))`,
    ]))

  test('are not the same twice', async () => {
    const drawn = (await evaluate(
      `[crypto.randomBytes(16).toString('hex'), crypto.randomBytes(16).toString('hex'), crypto.randomUUID(), crypto.randomUUID()]`,
      `const crypto = require('crypto')`,
    )) as string[]
    expect(new Set(drawn).size).toBe(4)
  })

  test('take any range', async () => {
    expect(
      await evaluate(
        `Array.from({ length: 300 }, () => crypto.randomInt(10)).sort((a, b) => a - b).filter((one, at, all) => one !== all[at - 1])`,
        `const crypto = require('crypto')`,
      ),
    ).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })
})
