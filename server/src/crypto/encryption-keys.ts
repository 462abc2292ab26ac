import { createSecretKey, type KeyObject } from 'node:crypto'
import { ConfigError } from '../config.ts'

export interface EncryptionKey {
  id: string
  key: KeyObject
}

const entryForm = /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)$/

/**
 * Reads `ENCRYPTION_KEYS`: `<id>:<base64 of 32 bytes>`, separated by commas. The first one encrypts, all of them decrypt:
 * to rotate, put a new one in front. Throws with the number of the entry that is wrong, never with its text.
 */
export const parseEncryptionKeys = (text: string): EncryptionKey[] => {
  const keys = text.split(',').map(parseEntry)
  const repeated = keys.findIndex(({ id }, index) => keys.findIndex((other) => other.id === id) < index)
  if (repeated !== -1) throw new ConfigError(`ENCRYPTION_KEYS: entry ${repeated + 1} has the id of an earlier one`)
  return keys
}

const parseEntry = (entry: string, index: number): EncryptionKey => {
  const match = entryForm.exec(entry.trim())
  if (!match) {
    throw new ConfigError(
      `ENCRYPTION_KEYS: entry ${index + 1} must be "<id>:<key>": an id of 1 to 32 letters, digits, "-" or "_", and 32 bytes in base64`,
    )
  }
  const [, id = '', key = ''] = match
  return { id, key: createSecretKey(key, 'base64') }
}
