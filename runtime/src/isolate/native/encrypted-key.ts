/**
 * How long the passphrase of an encrypted key would be stretched: the key itself says so, and may say 2^31 rounds. Only the
 * form that everybody writes is let through, PKCS 8 with PBES2, and the old PEM encryption, which does not stretch.
 */
import { refuseCost } from './cost.ts'
import { type Element, readElements, tags } from './der.ts'

const oids = {
  pbes2: '2a864886f70d01050d',
  pbkdf2: '2a864886f70d01050c',
  scrypt: '2b06010401da47040b',
}
/** Of PKCS 5 and PKCS 12: every way to encrypt under a passphrase begins with one of these. */
const anyStretching = [Buffer.from('2a864886f70d0105', 'hex'), Buffer.from('2a864886f70d010c', 'hex')]
const scryptOid = Buffer.from(oids.scrypt, 'hex')

const mostRounds = 1_000_000
/** As much as the default of Node's own scrypt, eight times. */
const mostScryptBlocks = 2 ** 20

const onePemBlock =
  /^\s*-----BEGIN ENCRYPTED PRIVATE KEY-----\s([A-Za-z0-9+/\s]+={0,2})\s*-----END ENCRYPTED PRIVATE KEY-----\s*$/
const anyPemBlock = /-----BEGIN [^-]*-----([^-]*)-----END/g

/** Throws where reading `key` with a passphrase could take long. */
export const checkStretching = (key: unknown): void => {
  const bytes = bytesOf(key)
  if (!bytes) return
  const text = bytes.toString('latin1')
  const only = onePemBlock.exec(text)?.[1]
  if (only !== undefined) checkEncrypted(Buffer.from(only, 'base64'))
  else if (text.includes('-----BEGIN ')) checkBlocks(text)
  else if (mentionsStretching(bytes)) checkEncrypted(bytes)
}

/** Whatever else there is may not be encrypted in a way that stretches. */
const checkBlocks = (text: string): void => {
  const blocks = [...text.matchAll(anyPemBlock)].map(([, body = '']) => Buffer.from(body, 'base64'))
  if (text.includes('ENCRYPTED PRIVATE KEY') || blocks.some(mentionsStretching)) refuseForm()
}

const bytesOf = (key: unknown): Buffer | undefined => {
  if (typeof key === 'string') return Buffer.from(key)
  if (key instanceof ArrayBuffer) return Buffer.from(key)
  return ArrayBuffer.isView(key) ? Buffer.from(key.buffer, key.byteOffset, key.byteLength) : undefined
}

const mentionsStretching = (bytes: Buffer): boolean => [...anyStretching, scryptOid].some((oid) => bytes.includes(oid))

const refuseForm = (): never =>
  refuseCost('An encrypted private key must be one block of PKCS 8 with PBES2, and nothing else beside it.')

const inside = (element: Element | undefined, tag: number): Element[] => {
  const elements = element?.tag === tag ? readElements(element.contents) : undefined
  return elements ?? refuseForm()
}

const oidOf = (element: Element | undefined): string =>
  element?.tag === tags.objectIdentifier ? element.contents.toString('hex') : ''

/** EncryptedPrivateKeyInfo of RFC 5958, PBES2-params of RFC 8018, scrypt-params of RFC 7914. */
const checkEncrypted = (der: Buffer): void => {
  const [whole, ...others] = readElements(der) ?? []
  if (others.length > 0) refuseForm()
  const [algorithm] = inside(whole, tags.sequence)
  const [scheme, schemeParameters] = inside(algorithm, tags.sequence)
  if (oidOf(scheme) !== oids.pbes2) refuseForm()
  const [derivation] = inside(schemeParameters, tags.sequence)
  const [name, parameters] = inside(derivation, tags.sequence)
  const numbers = inside(parameters, tags.sequence).filter(({ tag }) => tag === tags.integer)
  const [first = 0, second = 0, third = 0] = numbers.map(({ contents }) => Number(`0x${contents.toString('hex')}`))
  if (oidOf(name) === oids.pbkdf2) {
    if (!(first <= mostRounds)) refuseCost(`The key's passphrase is stretched by more than ${mostRounds} rounds.`)
  } else if (oidOf(name) === oids.scrypt) {
    if (!(first * second * third <= mostScryptBlocks))
      refuseCost(`The key's passphrase is stretched by more than 2^20 blocks.`)
  } else refuseForm()
}
