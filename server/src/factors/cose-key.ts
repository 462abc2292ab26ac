/** Public keys of WebAuthn credentials as the library reads them: COSE (RFC 9052, 7), base64url. */
import { createPublicKey, type webcrypto } from 'node:crypto'
import { COSEALG, decodeCredentialPublicKey, isoCBOR } from '@simplewebauthn/server/helpers'

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'base64url'))

/** `1` is the key type and `3` the algorithm: without them nothing can be verified. */
const isCose = (bytes: Uint8Array<ArrayBuffer>): boolean => {
  try {
    const key = decodeCredentialPublicKey(bytes)
    return key instanceof Map && key.has(1) && key.has(3)
  } catch {
    return false
  }
}

type CoseMap = Map<number, number | Uint8Array>

/** The parameters of RFC 9053, 7, and of RFC 8230, 4 for RSA; of the algorithms that authenticators here sign with. */
const toCoseMap = ({ kty, crv, x = '', y = '', n = '', e = '' }: webcrypto.JsonWebKey): CoseMap | undefined => {
  if (kty === 'EC' && crv === 'P-256') {
    return new Map<number, number | Uint8Array>([
      [1, 2],
      [3, COSEALG.ES256],
      [-1, 1],
      [-2, bytesOf(x)],
      [-3, bytesOf(y)],
    ])
  }
  if (kty === 'OKP' && crv === 'Ed25519') {
    return new Map<number, number | Uint8Array>([
      [1, 1],
      [3, COSEALG.EdDSA],
      [-1, 6],
      [-2, bytesOf(x)],
    ])
  }
  if (kty !== 'RSA') return undefined
  return new Map<number, number | Uint8Array>([
    [1, 3],
    [3, COSEALG.RS256],
    [-1, bytesOf(n)],
    [-2, bytesOf(e)],
  ])
}

const fromSpki = (bytes: Uint8Array): string | undefined => {
  try {
    const key = createPublicKey({ key: Buffer.from(bytes), format: 'der', type: 'spki' })
    const cose = toCoseMap(key.export({ format: 'jwk' }))
    return cose && Buffer.from(isoCBOR.encode(cose)).toString('base64url')
  } catch {
    return undefined
  }
}

/** From a COSE key or an X.509 SubjectPublicKeyInfo, in base64 or base64url; `undefined` for everything else. */
export const toCoseKey = (text: string): string | undefined => {
  const bytes = bytesOf(text)
  return isCose(bytes) ? Buffer.from(bytes).toString('base64url') : fromSpki(bytes)
}
