/**
 * Encrypts what must be readable again but not by whoever gets hold of the database: TOTP seeds, action secrets.
 * AES-256-GCM; the record's place is authenticated with it, so that a ciphertext moved elsewhere does not open.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { EncryptionKey } from './encryption-keys.ts'
import { freshBytes } from './random.ts'

/** Where a sealed text is stored. */
export interface Place {
  tenant: string
  table: string
  id: string
}

export interface Vault {
  /** `<key id>.<base64url of nonce, tag and ciphertext>` */
  seal(text: string, place: Place): string
  /** Throws when the key is missing, or when the text was changed or comes from another place. */
  open(sealed: string, place: Place): string
}

const algorithm = 'aes-256-gcm'
/** The length for which GCM is specified without further hashing (NIST SP 800-38D, 8.2). */
const nonceBytes = 12
const tagBytes = 16

/** The first key encrypts, all of them decrypt. */
export const createVault = (keys: readonly EncryptionKey[]): Vault => {
  const [current] = keys
  if (!current) throw new Error('A vault needs at least one encryption key.')
  return {
    seal: (text, place) => `${current.id}.${encrypt(current, place, text).toString('base64url')}`,
    open(sealed, place) {
      const [id, body = ''] = sealed.split('.')
      const key = keys.find((candidate) => candidate.id === id)
      if (!key) throw new Error(`The key of ${describe(place)} is not among the encryption keys.`)
      return decrypt(key, place, Buffer.from(body, 'base64url'))
    },
  }
}

const encrypt = ({ id, key }: EncryptionKey, place: Place, text: string): Buffer => {
  const nonce = freshBytes(nonceBytes)
  const cipher = createCipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
  cipher.setAAD(associatedData(id, place))
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext])
}

const decrypt = ({ id, key }: EncryptionKey, place: Place, body: Buffer): string => {
  try {
    const nonce = body.subarray(0, nonceBytes)
    const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: tagBytes })
    decipher.setAAD(associatedData(id, place))
    decipher.setAuthTag(body.subarray(nonceBytes, nonceBytes + tagBytes))
    return decipher.update(body.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8')
  } catch (cause) {
    throw new Error(`${describe(place)} cannot be decrypted: it was changed, moved, or sealed with another key.`, {
      cause,
    })
  }
}

/** JSON, so that no tenant, table or id can run over into the next. */
const associatedData = (keyId: string, { tenant, table, id }: Place): Buffer =>
  Buffer.from(JSON.stringify([keyId, tenant, table, id]))

const describe = ({ tenant, table, id }: Place): string => `the secret of ${table} ${id} (tenant ${tenant})`
