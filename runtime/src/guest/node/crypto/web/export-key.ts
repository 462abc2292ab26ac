/** Keys as bytes and as JWKs. */
import { type CryptoKey, termsOf } from './crypto-key.ts'
import { asOperation, invalidAccess, notSupported } from './exception.ts'
import { isSecret, jwaName } from './import-key.ts'
import type { Normalized } from './normalize.ts'

type Exporting = { export(options?: unknown): unknown }

const toBuffer = (bytes: unknown): ArrayBuffer => new Uint8Array(bytes as Uint8Array).buffer

const jwkOf = (key: CryptoKey): Record<string, unknown> => {
  const { key: keyObject, algorithm, usages, extractable } = termsOf(key)
  const { crv, ...material } = (keyObject as unknown as Exporting).export({ format: 'jwk' }) as Record<string, unknown>
  const alg = jwaName(algorithm as Normalized)
  return {
    key_ops: [...usages],
    ext: extractable,
    ...(alg !== undefined && { alg }),
    ...material,
    ...(crv !== undefined && { crv }),
  }
}

const isRawPublic = (format: string, name: string): boolean =>
  format === 'raw-public' || (format === 'raw' && !name.startsWith('ML-'))

export const exportKey = (format: string, key: CryptoKey): ArrayBuffer | Record<string, unknown> => {
  const { key: keyObject, algorithm, extractable } = termsOf(key)
  const { name } = algorithm
  if (!extractable) throw invalidAccess('key is not extractable')
  const exporting = keyObject as unknown as Exporting
  if (format === 'jwk') return asOperation(() => jwkOf(key))
  if (isSecret(name) && (format === 'raw' || format === 'raw-secret'))
    return asOperation(() => toBuffer(exporting.export()))
  if (key.type === 'public' && !name.startsWith('RSA') && isRawPublic(format, name))
    return asOperation(() => toBuffer(exporting.export({ format: 'raw-public' })))
  if (key.type === 'private' && name.startsWith('ML-') && format === 'raw-seed')
    return asOperation(() => toBuffer(exporting.export({ format: 'raw-seed' })))
  if ((key.type === 'public' && format === 'spki') || (key.type === 'private' && format === 'pkcs8'))
    return asOperation(() => toBuffer(exporting.export({ format: 'der', type: format })))
  throw notSupported(`Unable to export ${name} ${key.type} key using ${format} format`)
}
