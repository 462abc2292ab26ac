/** Encrypting and decrypting by each algorithm. */
import { bytesOf, compute, draw } from '../../native.ts'
import { type CryptoKey, termsOf } from './crypto-key.ts'
import { asOperation, operationError } from './exception.ts'
import { hashName, type Normalized } from './normalize.ts'

type Direction = 'createCipheriv' | 'createDecipheriv'

interface Work {
  direction: Direction
  algorithm: Normalized
  key: CryptoKey
  bytes: Uint8Array
}

interface Taken {
  result: Uint8Array
  tag?: Uint8Array
}

const memberBytes = (value: unknown): Uint8Array => bytesOf(value as ArrayBufferView)

const join = (...parts: Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const aesName = (key: CryptoKey, mode: string): string => `aes-${termsOf(key).algorithm.length}-${mode}`

const ivOf = ({ iv }: Normalized, length: number): Uint8Array => {
  const bytes = memberBytes(iv)
  if (bytes.length !== length) throw operationError(`algorithm.iv must contain exactly ${length} bytes`)
  return bytes
}

const runCbc = ({ direction, algorithm, key, bytes }: Work): Uint8Array => {
  const iv = ivOf(algorithm, 16)
  return asOperation(
    () =>
      compute<Taken>(
        direction,
        aesName(key, 'cbc'),
        termsOf(key).key,
        iv,
        undefined,
        [['update', bytes], ['final']],
        'whole',
      ).result,
  )
}

const blockBytes = 16

/** Only the last `length` bits count up; where they come round to zero, the rest stays as it is. */
const runCtr = ({ algorithm, key, bytes }: Work): Uint8Array => {
  const counter = memberBytes(algorithm.counter)
  const bits = Number(algorithm.length)
  if (counter.length !== blockBytes) throw operationError('algorithm.counter must contain exactly 16 bytes')
  if (!(bits >= 1 && bits <= 128)) throw operationError('AES-CTR algorithm.length must be between 1 and 128')
  const range = 1n << BigInt(bits)
  const blocks = BigInt(Math.ceil(bytes.length / blockBytes))
  if (blocks > range) throw operationError('The operation failed for an operation-specific reason')
  const whole = counter.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n)
  const before = range - (whole % range)
  const run = (start: Uint8Array, part: Uint8Array) =>
    compute<Taken>('createCipheriv', aesName(key, 'ctr'), termsOf(key).key, start, undefined, [['update', part]]).result
  return asOperation(() => {
    if (blocks <= before) return run(counter, bytes)
    const split = Number(before) * blockBytes
    const restarted = Uint8Array.from(counter, (_, index) =>
      Number(((whole - (whole % range)) >> BigInt(8 * (15 - index))) & 0xffn),
    )
    return join(run(counter, bytes.subarray(0, split)), run(restarted, bytes.subarray(split)))
  })
}

const tagLengths: Readonly<Record<string, readonly number[]>> = {
  'AES-GCM': [32, 64, 96, 104, 112, 120, 128],
  'AES-OCB': [64, 96, 128],
  'ChaCha20-Poly1305': [128],
}

const authenticatedName = (key: CryptoKey, name: string): string =>
  name === 'ChaCha20-Poly1305' ? 'chacha20-poly1305' : aesName(key, name === 'AES-GCM' ? 'gcm' : 'ocb')

const runAuthenticated = ({ direction, algorithm, key, bytes }: Work): Uint8Array => {
  const { name, tagLength = 128, additionalData, iv } = algorithm
  if (!tagLengths[name]?.includes(Number(tagLength)))
    throw operationError(`${tagLength} is not a valid ${name} tag length`)
  const authTagLength = Number(tagLength) / 8
  const isOpening = direction === 'createDecipheriv'
  return asOperation(() => {
    if (isOpening && bytes.length < authTagLength) throw new RangeError('The bytes are shorter than the tag.')
    const end = isOpening ? bytes.length - authTagLength : bytes.length
    const steps = [
      ...(isOpening ? [['setAuthTag', bytes.subarray(end)]] : []),
      ...(additionalData === undefined ? [] : [['setAAD', memberBytes(additionalData)]]),
      ['update', bytes.subarray(0, end)],
      ['final'],
    ]
    const made = [authenticatedName(key, name), termsOf(key).key, memberBytes(iv), { authTagLength }, steps]
    const { result, tag } = compute<Taken>(direction, ...made, 'whole')
    return isOpening || tag === undefined ? result : join(result, tag)
  })
}

const oaepPadding = 4

const runOaep = ({ direction, algorithm, key, bytes }: Work): Uint8Array => {
  const { key: keyObject, algorithm: own } = termsOf(key)
  const { label } = algorithm
  const options = {
    key: keyObject,
    padding: oaepPadding,
    oaepHash: hashName(own.hash?.name ?? ''),
    ...(label !== undefined && { oaepLabel: memberBytes(label) }),
  }
  return asOperation(() =>
    direction === 'createCipheriv' ? draw('publicEncrypt', options, bytes) : compute('privateDecrypt', options, bytes),
  )
}

/** RFC 3394. */
const wrapIv = new Uint8Array(8).fill(0xa6)

const runWrap = ({ direction, key, bytes }: Work): Uint8Array =>
  asOperation(
    () =>
      compute<Taken>(
        direction,
        `id-aes${termsOf(key).algorithm.length}-wrap`,
        termsOf(key).key,
        wrapIv,
        undefined,
        [['update', bytes], ['final']],
        'whole',
      ).result,
  )

const runs: Readonly<Record<string, (work: Work) => Uint8Array>> = {
  'AES-CBC': runCbc,
  'AES-CTR': runCtr,
  'AES-GCM': runAuthenticated,
  'AES-OCB': runAuthenticated,
  'ChaCha20-Poly1305': runAuthenticated,
  'RSA-OAEP': runOaep,
  'AES-KW': runWrap,
}

export const runCipher = (work: Work): Uint8Array => {
  const run = runs[work.algorithm.name]
  if (!run) throw operationError('The operation failed for an operation-specific reason')
  return run(work)
}
