/** Calls of Node's functions that the host computes, and that would take seconds, gigabytes or for ever: each is refused. */
import { type Attack, attack } from './attack.ts'

/** Refused at once; what its author catches has cost next to nothing, and the run goes on. */
const refused = (title: string, expression: string, prepare = ''): Attack =>
  attack(
    title,
    `const crypto = require('crypto'), zlib = require('zlib')
    ${prepare}
    let answer = 'was computed'
    try { ${expression} } catch ({ code }) { answer = code }
    if (answer !== 'ERR_OUT_OF_RANGE' && answer !== 'ERR_BUFFER_TOO_LARGE') for (;;);`,
    'completed',
  )

/** A gigabyte: files of gzip, one behind the other, are one. */
const bomb = `const bomb = Buffer.concat(Array(250).fill(zlib.gzipSync(Buffer.alloc(4_000_000))))`

const large = `const large = Buffer.alloc(2_000_000, 97)`

export const nativeAttacks: Attack[] = [
  refused('pbkdf2 with rounds without end', `crypto.pbkdf2Sync('p', 's', 2 ** 31 - 1, 64, 'sha512')`),
  refused('pbkdf2 with a key of many blocks', `crypto.pbkdf2Sync('p', 's', 1_000, 65_536, 'md5')`),
  refused('pbkdf2 with a salt that is hashed for each block', `crypto.pbkdf2Sync('p', large, 1, 65_536, 'md5')`, large),
  refused('scrypt with much memory', `crypto.scryptSync('p', 's', 64, { N: 2 ** 20, maxmem: 2 ** 31 })`),
  refused(
    'scrypt with a salt that is hashed for each lane',
    `crypto.scryptSync('p', large, 64, { N: 2, r: 1, p: 2 ** 18, maxmem: 2 ** 30 })`,
    large,
  ),
  refused(
    'scrypt with a long key from many lanes',
    `crypto.scryptSync('p', 's', 65_536, { N: 2, r: 1, p: 2 ** 18, maxmem: 2 ** 30 })`,
  ),
  refused(
    'argon2 with passes without end',
    `crypto.argon2Sync('argon2id', { message: 'm', nonce: Buffer.alloc(8), parallelism: 1, tagLength: 32, memory: 8, passes: 2 ** 32 - 1 })`,
  ),
  refused(
    'a prime that has to be looked at, as an ArrayBuffer',
    `crypto.createDiffieHellman(Uint8Array.from(crypto.getDiffieHellman('modp18').getPrime()).buffer, 2)`,
  ),
  refused(
    'a private half of millions of bits',
    `const group = crypto.getDiffieHellman('modp14')
    crypto.DiffieHellman.prototype.setPrivateKey.call(group, large)
    group.generateKeys()`,
    large,
  ),
  refused('a prime of many bits', `crypto.generatePrimeSync(8_192)`),
  refused('a prime of a form that there may not be', `crypto.generatePrimeSync(64, { add: 4n, rem: 2n })`),
  refused('a key of many bits', `crypto.generateKeyPairSync('rsa', { modulusLength: 16_384 })`),
  refused('a digest without end', `crypto.createHash('shake256', { outputLength: 2 ** 31 - 1 }).digest()`),
  refused('random numbers by the gigabyte', `crypto.randomBytes(2 ** 31 - 1)`),
  refused('what unpacks to much', `zlib.gunzipSync(bomb)`, bomb),
  refused(
    'what unpacks to much, and a bound that is no number',
    `zlib.gunzipSync(bomb, { maxOutputLength: NaN })`,
    bomb,
  ),
  refused(
    "Brotli's large windows, by another spelling",
    `zlib.brotliCompressSync('x', { params: { '06': 1, '2': 30 } })`,
  ),
  refused(
    "Zstandard's slowest strategy",
    `zlib.zstdCompressSync('x', { params: { [zlib.constants.ZSTD_c_strategy]: 9 } })`,
  ),
]
