import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { toCoseKey } from '../../../server/src/factors/cose-key.ts'

const spki = (key: KeyObject): string => key.export({ format: 'der', type: 'spki' }).toString('base64')
const part = (key: KeyObject, name: 'x' | 'y' | 'n'): string =>
  Buffer.from(key.export({ format: 'jwk' })[name] ?? '', 'base64url').toString('hex')

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey
const ed25519 = generateKeyPairSync('ed25519').publicKey
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 }).publicKey

/** CBOR (RFC 8949) of what RFC 9053 and RFC 8230 say. */
const cases: [string, KeyObject, string][] = [
  ['ES256', ec, `a5010203262001215820${part(ec, 'x')}225820${part(ec, 'y')}`],
  ['EdDSA', ed25519, `a4010103272006215820${part(ed25519, 'x')}`],
  ['RS256', rsa, `a401030339010020590100${part(rsa, 'n')}2143010001`],
]

describe('a public key', () => {
  test.each(cases)('for %s comes as SubjectPublicKeyInfo, or as the COSE key it becomes', (_, key, cose) => {
    const expected = Buffer.from(cose, 'hex').toString('base64url')
    expect(toCoseKey(spki(key))).toBe(expected)
    expect(toCoseKey(expected)).toBe(expected)
    expect(toCoseKey(Buffer.from(cose, 'hex').toString('base64'))).toBe(expected)
  })

  test.each([
    ['', 'nothing'],
    ['AQIDBA==', 'bytes that mean nothing'],
    [
      spki(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey),
      'a curve that authenticators here do not sign with',
    ],
    [spki(generateKeyPairSync('x25519').publicKey), 'a key that signs nothing'],
  ])('%s is refused: %s', (text) => {
    expect(toCoseKey(text)).toBeUndefined()
  })
})
