/** What a call may cost: it cannot be interrupted, so that what would take long is refused before it begins. */
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createAsk } from '../../../runtime/src/isolate/answer-call.ts'

const ask = createAsk({ event: {} })
const answerTo = (call: 'native.compute' | 'native.draw', name: unknown, args: unknown) =>
  JSON.parse(ask(JSON.stringify({ call, name, args })))

const text = (value: string) => ['bytes', 'view', Buffer.from(value).toString('base64')]
const object = (fields: object) => ['object', fields]

/** As OpenSSL writes it, with another number of rounds in its place. */
const stretched = (rounds: number): Buffer => {
  const { privateKey } = generateKeyPairSync('ed25519')
  const der = privateKey.export({
    format: 'der',
    type: 'pkcs8',
    cipher: 'aes-256-cbc',
    passphrase: 'p',
  } as never) as never as Buffer
  const at = der.indexOf(Buffer.from('02020800', 'hex'))
  if (at < 0) throw new Error('OpenSSL writes another number of rounds.')
  der.writeUInt16BE(rounds, at + 2)
  return der
}

describe('a call that would take long is refused at once', () => {
  const bombs: [title: string, call: 'native.compute' | 'native.draw', name: string, args: unknown[]][] = [
    ['pbkdf2 of 2^31 rounds', 'native.compute', 'pbkdf2Sync', ['p', 's', 2 ** 31 - 1, 32, 'sha256']],
    ['pbkdf2 of many blocks', 'native.compute', 'pbkdf2Sync', ['p', 's', 100_000, 65_536, 'sha256']],
    [
      'scrypt in time',
      'native.compute',
      'scryptSync',
      ['p', 's', 32, object({ N: 1_024, r: 8, p: 100_000, maxmem: 2 ** 40 })],
    ],
    ['scrypt in memory', 'native.compute', 'scryptSync', ['p', 's', 32, object({ cost: 2 ** 24, maxmem: 2 ** 40 })]],
    [
      'argon2 in memory',
      'native.compute',
      'argon2Sync',
      [
        'argon2id',
        object({ message: 'p', nonce: text('saltsaltsalt'), parallelism: 1, tagLength: 8, memory: 2 ** 24, passes: 1 }),
      ],
    ],
    [
      'argon2 in time',
      'native.compute',
      'argon2Sync',
      [
        'argon2id',
        object({
          message: 'p',
          nonce: text('saltsaltsalt'),
          parallelism: 1,
          tagLength: 8,
          memory: 1_024,
          passes: 2 ** 31,
        }),
      ],
    ],
    ['an RSA key of 16384 bits', 'native.draw', 'generateKeyPairSync', ['rsa', object({ modulusLength: 16_384 })]],
    ['a DH key with a new prime', 'native.draw', 'generateKeyPairSync', ['dh', object({ primeLength: 4_096 })]],
    ['a safe prime', 'native.draw', 'generatePrimeSync', [2_048, object({ safe: true })]],
    [
      'a prime that there is none of',
      'native.draw',
      'generatePrimeSync',
      [64, object({ add: ['bigint', '4'], rem: ['bigint', '2'] })],
    ],
    [
      'a huge candidate',
      'native.compute',
      'checkPrimeSync',
      [['bytes', 'view', Buffer.alloc(1_024, 255).toString('base64')]],
    ],
    [
      'a huge prime to agree on',
      'native.compute',
      'createDiffieHellman',
      [
        ['array', [['bytes', 'view', Buffer.alloc(1_024, 255).toString('base64')]]],
        object({}),
        'nothing',
        ['array', []],
      ],
    ],
    ['SLH-DSA', 'native.draw', 'generateKeyPairSync', ['slh-dsa-shake-256s']],
    ['random bytes without end', 'native.draw', 'randomBytes', [2 ** 31 - 1]],
    [
      'a digest without end',
      'native.compute',
      'createHash',
      ['shake256', object({ outputLength: 2 ** 30 }), ['array', []], ['array', [['undefined']]]],
    ],
    ['Brotli at its slowest', 'native.compute', 'zlib', ['brotliCompress', text('x'.repeat(1_000_000)), object({})]],
    [
      'Zstandard at its slowest',
      'native.compute',
      'zlib',
      ['zstdCompress', text('x'), object({ params: object({ 100: 22 }) })],
    ],
    [
      'a passphrase that is stretched for long',
      'native.compute',
      'createPrivateKey',
      [
        object({
          key: ['bytes', 'view', stretchedLong().toString('base64')],
          format: 'der',
          type: 'pkcs8',
          passphrase: 'p',
        }),
      ],
    ],
  ]
  test.each(bombs)('%s', (_, call, name, args) => {
    const startedAt = process.cpuUsage()
    expect(answerTo(call, name, args)).toMatchObject({ ok: false, code: 'ERR_OUT_OF_RANGE' })
    const { user } = process.cpuUsage(startedAt)
    expect(user / 1_000).toBeLessThan(300)
  })
})

/** Five bytes of rounds where OpenSSL has two, with every length around it written anew. */
function stretchedLong(): Buffer {
  const der = stretched(2_048)
  const grown = Buffer.concat([der])
  const at = grown.indexOf(Buffer.from('02020800', 'hex'))
  const longer = Buffer.concat([grown.subarray(0, at), Buffer.from('02047fffffff', 'hex'), grown.subarray(at + 4)])
  // Each SEQUENCE that the number lies in is two bytes longer now.
  for (let index = 0; index < at; index++) {
    if (longer[index] !== 0x30) continue
    const length = longer[index + 1] as number
    if (length === 0x81 && index + 3 + (longer[index + 2] as number) > at)
      longer[index + 2] = (longer[index + 2] as number) + 2
    else if (length < 0x80 && index + 2 + length > at) longer[index + 1] = length + 2
  }
  return longer
}

test('a passphrase that is stretched as usual is taken', () => {
  const der = stretched(2_048)
  expect(createPrivateKey({ key: der, format: 'der', type: 'pkcs8', passphrase: 'p' }).type).toBe('private')
  const key = object({ key: ['bytes', 'view', der.toString('base64')], format: 'der', type: 'pkcs8', passphrase: 'p' })
  expect(answerTo('native.compute', 'createPrivateKey', [key])).toMatchObject({ ok: true })
})

test('what a few bytes unpack to is bounded', async () => {
  const { gzipSync } = await import('node:zlib')
  const bomb = ['bytes', 'view', gzipSync(Buffer.alloc(20_000_000)).toString('base64')]
  expect(answerTo('native.compute', 'zlib', ['gunzip', bomb, object({ maxOutputLength: 2 ** 31 })])).toMatchObject({
    ok: false,
    code: 'ERR_BUFFER_TOO_LARGE',
  })
})

test('no file of the host is read for a key', () => {
  const key = object({ href: 'file:///etc/hostname', protocol: 'file:' })
  for (const given of [key, object({ key })])
    expect(answerTo('native.compute', 'createPublicKey', [given])).toMatchObject({
      ok: false,
      message: 'A key cannot be given as a URL.',
    })
})

test.each([
  [undefined, []],
  ['__proto__', []],
  ['constructor', []],
  ['randomBytes', [16]],
  ['createHash', 'no list'],
  ['createHash', [['nope']]],
  ['createHash', [['object', null]]],
  [
    'createCipheriv',
    ['aes-256-cbc', text('k'.repeat(32)), text('i'.repeat(16)), ['undefined'], ['array', [['array', ['constructor']]]]],
  ],
  ['zlib', ['constructor', text('a')]],
  ['askCertificate', ['no certificate', 'constructor']],
  ['hash', ['sha1', ['key', 'private', 'nonsense']]],
])('%s with arguments that no guest of ours sends is refused', (name, args) => {
  expect(answerTo('native.compute', name, args)).toMatchObject({ ok: false })
})
