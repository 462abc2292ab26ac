/** X.509 certificates, read anew for each question; and the old `<keygen>` form. */
import { Certificate, type KeyObject, X509Certificate } from 'node:crypto'
import { atMost, bytesIn } from './cost.ts'
import { keyArgument, materialOf } from './key-material.ts'
import type { Operation, Operations } from './operation.ts'

const largestBytes = 65_536

const open = (bytes: unknown): X509Certificate => {
  atMost(bytesIn(bytes), largestBytes, 'A certificate, in bytes,')
  return new X509Certificate(bytes as never)
}

const fields = [
  ...['subject', 'subjectAltName', 'issuer', 'infoAccess', 'validFrom', 'validTo', 'fingerprint', 'fingerprint256'],
  ...['fingerprint512', 'keyUsage', 'serialNumber', 'signatureAlgorithm', 'signatureAlgorithmOid', 'raw', 'ca'],
] as const

/** What it says of itself, at once. */
const read: Operation = ([bytes]) => {
  const certificate = open(bytes) as unknown as Record<string, unknown>
  return { ...Object.fromEntries(fields.map((name) => [name, certificate[name]])), pem: String(certificate) }
}

type Question = (certificate: X509Certificate, given: unknown, options: unknown) => unknown

const questions: Record<string, Question> = {
  checkHost: (certificate, name, options) => certificate.checkHost(name as never, options as never),
  checkEmail: (certificate, email, options) => certificate.checkEmail(email as never, options as never),
  checkIP: (certificate, address) => certificate.checkIP(address as never),
  checkIssued: (certificate, other) => certificate.checkIssued(open(other)),
  checkPrivateKey: (certificate, key) => certificate.checkPrivateKey(key as never),
  verify: (certificate, key) => certificate.verify(keyArgument(key, 'public') as never),
  publicKey: ({ publicKey }) => {
    // Writing it and reading it again is where its size is looked at.
    const key = keyArgument({ key: materialOf(publicKey), format: 'der', type: 'spki' }, 'public') as { key: KeyObject }
    return {
      key: key.key,
      asymmetricKeyType: publicKey.asymmetricKeyType,
      details: { ...publicKey.asymmetricKeyDetails },
    }
  },
  toLegacyObject: (certificate) => certificate.toLegacyObject(),
}

const ask: Operation = ([bytes, name, given, options]) => {
  const question = Object.hasOwn(questions, String(name)) ? questions[String(name)] : undefined
  if (!question) throw new TypeError('A certificate cannot be asked that.')
  return question(open(bytes), given, options)
}

const ofSpkac =
  (run: (spkac: never, encoding: never) => unknown): Operation =>
  ([spkac, encoding]) => {
    atMost(bytesIn(spkac), largestBytes, 'A SPKAC, in bytes,')
    return run(spkac as never, encoding as never)
  }

export const certificates: Operations = {
  readCertificate: read,
  askCertificate: ask,
  exportChallenge: ofSpkac(Certificate.exportChallenge),
  exportPublicKey: ofSpkac(Certificate.exportPublicKey),
  verifySpkac: ofSpkac(Certificate.verifySpkac),
}
