/**
 * Keys of the guest. It holds the material itself and sends it along with each call; here it becomes Node's KeyObject.
 *
 * A call into OpenSSL cannot be interrupted, and its time grows with the cube of a number's length: a key with a longer number
 * than any honest one is refused before anything is done with it. So is a passphrase that would have to be stretched for long.
 */
import { createPrivateKey, createPublicKey, createSecretKey, KeyObject } from 'node:crypto'
import { bytesIn, CostError, refuseCost } from './cost.ts'
import { longestInteger } from './der.ts'
import { checkStretching } from './encrypted-key.ts'

/** 8192 bits, and the zero before a number that would look negative. A private operation takes 0.3 s at most. */
const longestNumberBytes = 1_025
const largestMaterialBytes = 65_536

export const materialOf = (key: KeyObject): Buffer => {
  if (key.type === 'secret') return key.export()
  return key.export({ format: 'der', type: key.type === 'public' ? 'spki' : 'pkcs8' } as never) as unknown as Buffer
}

const checked = (key: KeyObject): KeyObject => {
  if (key.type === 'secret') return key
  // What OpenSSL has written, not what it was given: it reads more forms than `longestInteger` does.
  if (longestInteger(materialOf(key)) > longestNumberBytes) refuseCost('A key may have numbers of 8192 bits at most.')
  return key
}

export const keyFrom = (type: unknown, material: Buffer): KeyObject => {
  if (type === 'secret') return createSecretKey(material)
  if (material.length > largestMaterialBytes) refuseCost('A key may have 64 kB at most.')
  return checked(
    type === 'public'
      ? createPublicKey({ key: material, format: 'der', type: 'spki' })
      : createPrivateKey({ key: material, format: 'der', type: 'pkcs8' }),
  )
}

const isOptions = (given: unknown): given is Record<string, unknown> =>
  typeof given === 'object' && given !== null && !ArrayBuffer.isView(given) && !(given instanceof ArrayBuffer)

const makers = { private: createPrivateKey, public: createPublicKey } as const

/** The key that an argument means, if it means one; throws where using it would take too long. */
export const parseKey = (given: unknown, type: 'private' | 'public'): KeyObject | undefined => {
  if (given instanceof KeyObject) return given
  const { key = given, passphrase } = isOptions(given) ? given : { key: given, passphrase: undefined }
  if (key instanceof KeyObject) return key
  if (bytesIn(key) > largestMaterialBytes) refuseCost('A key may have 64 kB at most.')
  if (passphrase !== undefined) checkStretching(key)
  try {
    return checked(makers[type](given as never))
  } catch (thrown) {
    // Let the function that it is for refuse it in its own words; what costs too much is refused here.
    if (thrown instanceof CostError) throw thrown
    return undefined
  }
}

/** The argument with a KeyObject in it, in place of a text or bytes that would be read a second time. */
export const keyArgument = (given: unknown, type: 'private' | 'public'): unknown => {
  const key = parseKey(given, type)
  if (!key || given instanceof KeyObject) return given
  if (!isOptions(given)) return key
  const { format: _, type: __, passphrase: ___, ...options } = given
  return { ...options, key }
}
