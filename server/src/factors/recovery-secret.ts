/**
 * The text of a recovery code: 24 characters of Crockford's base 32 (no I, L, O, U), 120 random bits. So much randomness
 * needs no slow hash.
 */
import { createHash } from 'node:crypto'
import type { Random } from '../ports.ts'

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const length = 24

/** One random byte gives one character: 256 is a multiple of 32, so each is equally likely. */
export const mintRecoveryCode = (random: Pick<Random, 'token'>): string =>
  Array.from(Buffer.from(random.token(length), 'base64url'), (byte) => alphabet[byte % alphabet.length]).join('')

/** As it is shown: six groups of four. */
export const formatRecoveryCode = (code: string): string => code.match(/.{1,4}/g)?.join('-') ?? ''

/** Case, spaces and hyphens do not count, and the letters that look like digits are read as these. */
const normalise = (typed: string): string =>
  typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')

export const hashRecoveryCode = (typed: string): string => createHash('sha256').update(normalise(typed)).digest('hex')
