/** A public key with which an application shows who it is (RFC 7523): it signs with the private one, which stays there. */
import { createHash } from 'node:crypto'
import type { PublicKey } from './public-key.ts'

export const credentialAlgorithms = ['RS256', 'RS384', 'PS256'] as const
export type CredentialAlgorithm = (typeof credentialAlgorithms)[number]

export interface ClientCredential {
  /** `cred_` and 22 base62 characters. */
  id: string
  /** Unique within its client. */
  kid: string
  name?: string
  alg: CredentialAlgorithm
  /** SPKI, as PEM. */
  publicKey: string
  /** Whatever is signed later is refused; it never ends where this is absent. */
  expiresAt?: number
  createdAt: number
  updatedAt: number
}

/** Those that a client may have: an old and a new one, for each of some machines. */
export const mostCredentials = 10

/** For a key that came without a name: its own hash, which whoever has the key can work out. */
export const kidOf = ({ spki }: Pick<PublicKey, 'spki'>): string =>
  createHash('sha256').update(spki).digest('base64url')
