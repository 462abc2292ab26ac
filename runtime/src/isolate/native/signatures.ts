/** Signing and verifying, at once or over pieces that the guest has kept; and what RSA encrypts. */
import {
  createSign,
  createVerify,
  privateDecrypt,
  privateEncrypt,
  publicDecrypt,
  publicEncrypt,
  sign,
  verify,
} from 'node:crypto'
import { refuseCost } from './cost.ts'
import { keyArgument, parseKey } from './key-material.ts'
import type { Operation, Operations } from './operation.ts'

/** Of SLH-DSA, the small variants sign for seconds. */
const checkSigner = (key: unknown): void => {
  const { asymmetricKeyType = '' } = parseKey(key, 'private') ?? {}
  if (/^slh-dsa-.*s$/.test(asymmetricKeyType)) refuseCost(`Signing with ${asymmetricKeyType} takes seconds.`)
}

const signAtOnce: Operation = ([algorithm, bytes, key]) => {
  checkSigner(key)
  return sign(algorithm as never, bytes as never, keyArgument(key, 'private') as never)
}

const verifyAtOnce: Operation = ([algorithm, bytes, key, signature]) =>
  verify(algorithm as never, bytes as never, keyArgument(key, 'public') as never, signature as never)

/** `args` are empty while there is nothing to sign: then only the algorithm and the pieces are looked at. */
const signPieces: Operation = ([algorithm, options, pieces, args]) => {
  const signing = createSign(algorithm as never, options as never)
  for (const [piece, encoding] of pieces as never[][]) signing.update(piece as never, encoding as never)
  const [key, encoding] = args as unknown[]
  return (args as unknown[]).length > 0
    ? signing.sign(keyArgument(key, 'private') as never, encoding as never)
    : undefined
}

const verifyPieces: Operation = ([algorithm, options, pieces, args]) => {
  const verifying = createVerify(algorithm as never, options as never)
  for (const [piece, encoding] of pieces as never[][]) verifying.update(piece as never, encoding as never)
  const [key, signature, encoding] = args as [never, never, never]
  return (args as unknown[]).length > 0
    ? verifying.verify(keyArgument(key, 'public') as never, signature, encoding)
    : undefined
}

const withKey =
  (run: (key: never, bytes: never) => unknown, type: 'private' | 'public'): Operation =>
  ([key, bytes]) =>
    run(keyArgument(key, type) as never, bytes as never)

/** Different each time: signatures and paddings have random numbers in them. */
export const drawnSignatures: Operations = {
  sign: signAtOnce,
  createSign: signPieces,
  publicEncrypt: withKey(publicEncrypt, 'public'),
  privateEncrypt: withKey(privateEncrypt, 'private'),
}

export const signatures: Operations = {
  verify: verifyAtOnce,
  createVerify: verifyPieces,
  /** Signs nothing: looks at the algorithm and the pieces. */
  checkSign: ([algorithm, options, pieces]) => signPieces([algorithm, options, pieces, []]),
  publicDecrypt: withKey(publicDecrypt, 'public'),
  privateDecrypt: withKey(privateDecrypt, 'private'),
}
