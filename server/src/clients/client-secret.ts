/** Secrets of clients: random, shown once, stored as a hash. */
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Random } from '../ports.ts'
import type { Client } from './client.ts'

const secretBytes = 48

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** 384 random bits: a plain hash suffices. */
export const mintClientSecret = (random: Pick<Random, 'token'>): { secret: string; secretHash: string } => {
  const secret = random.token(secretBytes)
  return { secret, secretHash: sha256(secret).toString('hex') }
}

/** False for an unknown client and for one without a secret, after the same work. */
export const isSecretOf = (client: Client | undefined, secret: string): boolean => {
  const expected = client?.secretHash === undefined ? sha256('') : Buffer.from(client.secretHash, 'hex')
  return timingSafeEqual(sha256(secret), expected) && client?.secretHash !== undefined
}
