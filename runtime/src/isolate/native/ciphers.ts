/**
 * Ciphers. The guest sends every step since the beginning, because nothing on the host outlives a call; only what the last
 * step comes to goes back.
 */
import { createCipheriv, createDecipheriv, getCipherInfo, getCiphers } from 'node:crypto'
import { atMost, guarded, optionsOf } from './cost.ts'
import type { Operation, Operations } from './operation.ts'

const stepNames = ['update', 'final', 'setAAD', 'setAuthTag', 'setAutoPadding'] as const
type Steps = Record<(typeof stepNames)[number], (...args: never[]) => unknown>

const take = (cipher: Steps, steps: unknown): unknown[] =>
  (steps as [keyof Steps, ...never[]][]).map(([name, ...args]) => {
    if (!stepNames.includes(name)) throw new TypeError('A cipher has no such step.')
    const result = cipher[name](...args)
    // `setAAD` and its like answer the cipher itself.
    return result === cipher ? undefined : result
  })

/** `whole`: what all steps come to. */
const resultOf = (results: readonly unknown[], wanted: unknown): unknown =>
  wanted === 'whole' ? Buffer.concat(results.filter((result) => result instanceof Uint8Array)) : results.at(-1)

const checkTag = (options: unknown): void => atMost(optionsOf(options).authTagLength, 1_024, 'The length of a tag')

const encipher: Operation = ([algorithm, key, iv, options, steps, wanted]) => {
  checkTag(options)
  const cipher = createCipheriv(algorithm as never, key as never, iv as never, options as never)
  const result = resultOf(take(cipher as never, steps), wanted)
  const isTagWanted = wanted === 'tag' || (wanted === 'whole' && optionsOf(options).authTagLength !== undefined)
  return { result, ...(isTagWanted && { tag: cipher.getAuthTag() }) }
}

const decipher: Operation = ([algorithm, key, iv, options, steps, wanted]) => {
  checkTag(options)
  const made = createDecipheriv(algorithm as never, key as never, iv as never, options as never)
  return { result: resultOf(take(made as never, steps), wanted) }
}

export const ciphers: Operations = {
  createCipheriv: encipher,
  createDecipheriv: decipher,
  getCiphers,
  getCipherInfo: guarded(getCipherInfo, () => {}),
}
