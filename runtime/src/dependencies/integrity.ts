/** Subresource Integrity (W3C) of tarballs: the one digest that is strong enough to be the address of a package. */
import { createHash } from 'node:crypto'

const digest = /^sha512-([A-Za-z\d+/]{86}==)$/

/** The SHA-512 among the digests, which may be several, each with options. `undefined` where there is none. */
export const strongestOf = (integrity: string | undefined): string | undefined =>
  integrity
    ?.split(/\s+/)
    .map((entry) => entry.split('?')[0] ?? '')
    .find((entry) => digest.test(entry))

export const isIntact = (bytes: Uint8Array, integrity: string): boolean =>
  `sha512-${createHash('sha512').update(bytes).digest('base64')}` === integrity

/** As a file name. */
export const toHex = (integrity: string): string =>
  Buffer.from(digest.exec(integrity)?.[1] ?? '', 'base64').toString('hex')
