/** KeyObjects: reading, writing, comparing, and what WebCrypto makes of them. */
import { createPrivateKey, createPublicKey, createSecretKey, KeyObject } from 'node:crypto'
import { guarded, optionsOf, refuseCost } from './cost.ts'
import { parseKey } from './key-material.ts'
import type { Operation, Operations } from './operation.ts'

/** The key and what can be asked of it without the host. */
const described = (key: KeyObject) => ({
  key,
  ...(key.type !== 'secret' && { asymmetricKeyType: key.asymmetricKeyType, details: { ...key.asymmetricKeyDetails } }),
})

const read =
  (type: 'private' | 'public', make: (given: never) => KeyObject): Operation =>
  ([given]) => {
    const isKey = given instanceof KeyObject || optionsOf(given).key instanceof KeyObject
    const parsed = isKey ? undefined : parseKey(given, type)
    // Of a KeyObject it may be another one; and what is no key is refused in Node's words.
    return described(parsed ?? make(given as never))
  }

const exportKey: Operation = ([key, options]) => (key as KeyObject).export(options as never)

const exportPlain: Operation = ([key, options]) => {
  const { cipher, passphrase } = optionsOf(options)
  if (cipher !== undefined && passphrase !== undefined) refuseCost('Encrypting draws random numbers.')
  return exportKey([key, options])
}

const toCryptoKey: Operation = ([key, algorithm, extractable, usages]) => {
  const made = (key as KeyObject).toCryptoKey(algorithm as never, extractable as never, usages as never)
  return { algorithm: { ...made.algorithm }, usages: [...made.usages] }
}

export const keys: Operations = {
  createSecretKey: ([material, encoding]) => ({ key: createSecretKey(material as never, encoding as never) }),
  createPrivateKey: read('private', createPrivateKey),
  createPublicKey: read('public', createPublicKey),
  describeKey: ([key]) => described(key as KeyObject),
  exportKey: exportPlain,
  equals: guarded(
    (key: KeyObject, other: KeyObject) => key.equals(other),
    () => {},
  ),
  toCryptoKey,
}

export const drawnKeys: Operations = { exportEncrypted: exportKey }
