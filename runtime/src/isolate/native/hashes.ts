/**
 * Hashes and MACs. The guest keeps what it was told to hash and sends all of it when it wants the digest: nothing on the host
 * outlives a call.
 */
import crypto, { createHash, createHmac, getHashes, hash, timingSafeEqual } from 'node:crypto'
import { atMost, guarded, optionsOf } from './cost.ts'
import type { Operation, Operations } from './operation.ts'

/** Newer than the types of Node. */
type Macs = {
  createMac(
    algorithm: unknown,
    key: unknown,
    options: unknown,
  ): Record<'update' | 'final', (...args: never[]) => unknown>
  getMacs(): string[]
}
const { createMac, getMacs } = crypto as unknown as Macs

interface Digesting {
  update(piece: never, encoding: never): unknown
  digest(encoding?: never): unknown
}

/** `digest` is empty while there is none to be made: then only the arguments are looked at. */
const digested = (digesting: Digesting, pieces: unknown, digest: unknown): unknown => {
  for (const [piece, encoding] of pieces as unknown[][]) digesting.update(piece as never, encoding as never)
  const [encoding] = digest as never[]
  return (digest as unknown[]).length > 0 ? digesting.digest(encoding) : undefined
}

const checkOutput = (options: unknown): void =>
  atMost(optionsOf(options).outputLength, 1_048_576, 'The length of a digest')

const hashPieces: Operation = ([algorithm, options, pieces, digest]) => {
  checkOutput(options)
  return digested(createHash(algorithm as never, options as never), pieces, digest)
}

const hmacPieces: Operation = ([algorithm, key, options, pieces, digest]) =>
  digested(createHmac(algorithm as never, key as never, options as never), pieces, digest)

const macPieces: Operation = ([algorithm, key, options, pieces, digest]) => {
  checkOutput(options)
  const mac = createMac(algorithm, key, options)
  return digested({ update: mac.update.bind(mac), digest: mac.final.bind(mac) }, pieces, digest)
}

export const hashes: Operations = {
  createHash: hashPieces,
  createHmac: hmacPieces,
  createMac: macPieces,
  hash: guarded(hash, ([, , options]) => checkOutput(options)),
  timingSafeEqual: guarded(timingSafeEqual, () => {}),
  getHashes,
  getMacs,
}
