/** Public RSA keys as their owners send them. */
import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'

export interface PublicKey {
  /** As PEM. */
  spki: string
  /** Of a certificate: Unix time in milliseconds. */
  validUntil?: number
}

/** RFC 7518, 3.3 asks for the first; beyond the second a check costs more than anybody may ask of a server unknown. */
const bits = { least: 2_048, most: 4_096 }

/**
 * A check takes as long as its exponent is: one as long as the key takes a hundred times what the usual 65,537 takes. With 1
 * there is nothing to sign.
 */
const exponents = { least: 3n, most: 4_294_967_295n }

const labels = ['PUBLIC KEY', 'RSA PUBLIC KEY', 'CERTIFICATE']

const readKey = (pem: string): KeyObject | undefined => {
  try {
    return createPublicKey(pem)
  } catch {
    return undefined
  }
}

const wrongWith = (key: KeyObject): string | undefined => {
  if (key.asymmetricKeyType !== 'rsa') return 'The key must be an RSA key'
  const length = key.asymmetricKeyDetails?.modulusLength ?? 0
  if (length < bits.least || length > bits.most) {
    return `The key must have ${bits.least} to ${bits.most} bits, and has ${length}`
  }
  const exponent = key.asymmetricKeyDetails?.publicExponent ?? 0n
  if (exponent >= exponents.least && exponent <= exponents.most && exponent % 2n === 1n) return undefined
  return `The exponent of the key must be an odd number from ${exponents.least} to ${exponents.most}, such as 65537`
}

/** Answers what is wrong, without a word of what was sent. */
export const parsePublicKey = (pem: string): PublicKey | { refused: string } => {
  // Node would take a private key too, and make the public one of it.
  if (/PRIVATE KEY/.test(pem)) return { refused: 'This is a private key: send the public one, and replace this pair' }
  const found = [...pem.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/g)].map(([, label]) => label ?? '')
  const [label = ''] = found
  if (found.length !== 1 || !labels.includes(label)) {
    return { refused: `One PEM block is needed, one of ${labels.join(', ')}` }
  }
  const key = readKey(pem)
  if (!key) return { refused: `The PEM block ${label} cannot be read` }
  const refused = wrongWith(key)
  if (refused !== undefined) return { refused }
  return {
    spki: key.export({ type: 'spki', format: 'pem' }).toString(),
    ...(label === 'CERTIFICATE' && { validUntil: new X509Certificate(pem).validToDate.getTime() }),
  }
}
