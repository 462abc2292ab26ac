import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const day = 86_400_000
const lifeDays = 90

/** Good for a while yet, so that it need not be trusted anew at every start. */
const isUsable = (certFile, keyFile) =>
  existsSync(certFile) &&
  existsSync(keyFile) &&
  Date.parse(new X509Certificate(readFileSync(certFile)).validTo) > Date.now() + day

/** Imported late: a machine may be without any dependency when this file is loaded. */
const make = async () => {
  const { generate } = await import('selfsigned')
  /** @type {import('selfsigned').SubjectAltNameEntry[]} */
  const altNames = [
    { type: 2, value: 'localhost' },
    { type: 2, value: '*.localhost' },
    { type: 7, ip: '127.0.0.1' },
    { type: 7, ip: '::1' },
  ]
  return generate([{ name: 'commonName', value: 'Interlock on this machine' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + lifeDays * day),
    extensions: [
      // Programs take a certificate as its own authority only where it says that it is one.
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'subjectAltName', altNames },
    ],
  })
}

/**
 * A throw-away certificate for localhost, kept in the data directory. Resolves with the paths of certificate and key.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export const throwAwayCertificate = async ({ DATA_DIR }) => {
  const folder = resolve(DATA_DIR || 'data', 'tls')
  const certFile = join(folder, 'certificate.pem')
  const keyFile = join(folder, 'key.pem')
  if (!isUsable(certFile, keyFile)) {
    const made = await make()
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(keyFile, made.private, { mode: 0o600 })
    writeFileSync(certFile, made.cert)
  }
  return { certFile, keyFile }
}
