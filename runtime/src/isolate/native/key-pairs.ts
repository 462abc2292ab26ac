/** Making keys, and primes for them. How long a prime takes to find is a matter of luck: the bounds leave room for bad luck. */
import { checkPrimeSync, generateKeyPairSync, generateKeySync, generatePrimeSync } from 'node:crypto'
import { atMost, bytesIn, guarded, isRecord, optionsOf, refuseCost } from './cost.ts'
import type { Operation, Operations } from './operation.ts'

const mostBits: Readonly<Record<string, number>> = { rsa: 4_096, 'rsa-pss': 4_096, dsa: 2_048 }
const mostSafePrimeBits = 512

const checkPair = ([type, given]: readonly unknown[]): void => {
  const { modulusLength, divisorLength, primeLength, prime, privateKeyEncoding } = optionsOf(given)
  const most = mostBits[String(type)]
  if (most !== undefined) atMost(modulusLength, most, `The modulus of a ${type} key, in bits,`)
  atMost(divisorLength, 512, 'The divisor of a dsa key, in bits,')
  atMost(primeLength, mostSafePrimeBits, 'The prime of a dh key, in bits, (name a group instead)')
  atMost(bytesIn(prime), 1_024, 'The prime of a dh key, in bytes,')
  if (/^slh-dsa-.*s$/.test(String(type))) refuseCost(`A key pair of ${type} takes seconds to make.`)
  if (isRecord(privateKeyEncoding) && typeof privateKeyEncoding.passphrase === 'string')
    atMost(privateKeyEncoding.passphrase.length, 4_096, 'The length of a passphrase')
}

const checkPrimeOptions = ([bits, given]: readonly unknown[]): void => {
  const { safe, add, rem } = optionsOf(given)
  // Where no prime is of that form, OpenSSL looks for ever.
  if (add !== undefined || rem !== undefined) refuseCost('generatePrime: "add" and "rem" are not available.')
  atMost(bits, safe === true ? mostSafePrimeBits : 1_024, 'The size of a prime, in bits,')
}

const checkCandidate = ([candidate, given]: readonly unknown[]): void => {
  const bytes = typeof candidate === 'bigint' ? candidate.toString(16).length / 2 : bytesIn(candidate)
  atMost(bytes, 256, 'The size of a candidate, in bytes,')
  atMost(optionsOf(given).checks, 64, '"checks"')
}

/** A secret key is 64 kB at most: `length` is in bits. */
const checkSecret = ([, given]: readonly unknown[]): void => atMost(optionsOf(given).length, 524_288, '"length"')

const toPair: Operation = ([type, options]) => generateKeyPairSync(type as never, options as never)

export const drawnKeyPairs: Operations = {
  generateKeyPairSync: guarded((...args: unknown[]) => toPair(args), checkPair),
  generateKeySync: guarded(generateKeySync, checkSecret),
  generatePrimeSync: guarded(generatePrimeSync, checkPrimeOptions),
}

export const primes: Operations = { checkPrimeSync: guarded(checkPrimeSync, checkCandidate) }
