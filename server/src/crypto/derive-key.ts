import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto'
import type { EncryptionKey } from './encryption-keys.ts'

/** A key of its own for one purpose, from the key in use (RFC 5869): the same on every node, and gone with a rotation. */
export const deriveKey = ([current]: readonly EncryptionKey[], purpose: string): KeyObject => {
  if (!current) throw new Error('There is no encryption key to derive from.')
  return createSecretKey(Buffer.from(hkdfSync('sha256', current.key, '', `interlock ${purpose}`, 32)))
}
