/** Keys from passwords and other keys. They are meant to be slow: how slow is bounded here. */
import { argon2Sync, hkdfSync, pbkdf2Sync, scryptSync } from 'node:crypto'
import { atMost, bytesIn, guarded, optionsOf, refuseCost } from './cost.ts'
import type { Operations } from './operation.ts'

/** OWASP asks for 1,300,000 rounds of SHA-1, 600,000 of SHA-256, 210,000 of SHA-512. A million takes 0.5 s to 1.2 s. */
const mostRounds = 1_400_000
/** The shortest digest that is in use: more blocks than there can be are counted, never fewer. */
const blockBytes: Readonly<Record<string, number>> = { sha512: 64, sha384: 48, sha256: 32, sha1: 20 }
const shortestBlockBytes = 16
const longestKeyBytes = 65_536
/** It is hashed again for every block of the key. RFC 8018 asks for 8 bytes. */
const longestSaltBytes = 4_096

const number = (value: unknown, otherwise = 0): number => (typeof value === 'number' ? value : otherwise)

const checkPbkdf2 = ([, salt, iterations, length, digest]: readonly unknown[]): void => {
  atMost(length, longestKeyBytes, 'The length of a key')
  atMost(bytesIn(salt), longestSaltBytes, 'The length of a salt, in bytes,')
  const bytes = blockBytes[String(digest).toLowerCase().replace('-', '')] ?? shortestBlockBytes
  const rounds = number(iterations) * Math.max(1, Math.ceil(number(length) / bytes))
  if (rounds > mostRounds)
    refuseCost(`pbkdf2: iterations times blocks of the digest may be ${mostRounds} at most, not ${rounds}.`)
}

/** N · r · p, of which Node's default makes 2^17 and takes 40 ms; N · r · 128 bytes are held meanwhile. */
const mostScryptBlocks = 2 ** 20
const mostScryptBytes = 67_108_864
/** r · p · 128 bytes are hashed again for every 32 bytes of the key, whatever N is; Node's default makes 8. */
const mostScryptWidth = 1_024

const checkScrypt = ([, salt, length, given]: readonly unknown[]): void => {
  atMost(length, longestKeyBytes, 'The length of a key')
  atMost(bytesIn(salt), longestSaltBytes, 'The length of a salt, in bytes,')
  const { N, cost = N, r, blockSize = r, p, parallelization = p } = optionsOf(given)
  const width = number(blockSize, 8) * number(parallelization, 1)
  if (width > mostScryptWidth) refuseCost(`scrypt: r times p may be ${mostScryptWidth} at most.`)
  const blocks = number(cost, 16_384) * number(blockSize, 8)
  if (blocks * 128 > mostScryptBytes) refuseCost('scrypt: N times r times 128 bytes may be 64 MB at most.')
  if (blocks * number(parallelization, 1) > mostScryptBlocks)
    refuseCost(`scrypt: N times r times p may be ${mostScryptBlocks} at most.`)
}

/** In KiB times passes. OWASP asks for 19 MiB and two passes; 64 MiB and three take 0.4 s. */
const mostArgonKiB = 65_536
const mostArgonWork = 4 * mostArgonKiB

const checkArgon2 = ([, given]: readonly unknown[]): void => {
  const { memory, passes, parallelism, tagLength } = optionsOf(given)
  atMost(memory, mostArgonKiB, 'argon2: "memory"')
  atMost(parallelism, 16, 'argon2: "parallelism"')
  atMost(tagLength, 1_024, 'argon2: "tagLength"')
  if (number(memory) * number(passes) > mostArgonWork)
    refuseCost(`argon2: memory times passes may be ${mostArgonWork} at most.`)
}

export const derivations: Operations = {
  pbkdf2Sync: guarded(pbkdf2Sync, checkPbkdf2),
  scryptSync: guarded(scryptSync, checkScrypt),
  argon2Sync: guarded(argon2Sync, checkArgon2),
  hkdfSync: guarded(hkdfSync, () => {}),
}
