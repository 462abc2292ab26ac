/** The browser's secret, the id it stands for, and the `state` a redirect may bring back. */
import { createHash, timingSafeEqual } from 'node:crypto'

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

export const transactionIdOf = (browserSecret: string): string => sha256(browserSecret).toString('base64url')

export const hashState = (state: string): string => sha256(state).toString('base64url')

/** `state` names its transaction, so that a cross-site POST without the cookie can be kept with it. */
export const composeState = (secret: string, transactionId: string): string => `${secret}.${transactionId}`

export const transactionIdIn = (state: string): string | undefined => /^[\w-]{22,}\.([\w-]{43})$/.exec(state)?.[1]

export const stateMatches = (state: string, hash: string | undefined): boolean =>
  hash !== undefined && timingSafeEqual(sha256(state), Buffer.from(hash, 'base64url'))
