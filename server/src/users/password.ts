/**
 * Passwords at rest: argon2id in PHC form. The text is brought to Unicode NFKC first (NIST SP 800-63B, 3.1.1.2), as the
 * same keys give different code points on different systems; plain ASCII is not changed by it. Whoever else checks these
 * hashes has to do the same.
 */
import { argon2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { freshBytes } from '../crypto/random.ts'

/** OWASP Password Storage Cheat Sheet: 19 MiB, 2 passes, 1 lane. `memory` in KiB. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 }
const saltBytes = 16
const tagBytes = 32

const derive = promisify(argon2)

const phc = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

export const hashPassword = async (password: string): Promise<string> => {
  const nonce = freshBytes(saltBytes)
  const tag = await derive('argon2id', { message: normalised(password), nonce, tagLength: tagBytes, ...cost })
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(nonce)}$${unpadded(tag)}`
}

/** The cost is read from the hash, so that older hashes stay valid when it rises. Throws when it is no argon2id hash. */
export const verifyPassword = async (hash: string, password: string): Promise<boolean> => {
  const match = phc.exec(hash)
  if (!match) throw new Error('The stored password hash is not argon2id in PHC form.')
  const [, memory, passes, parallelism, salt = '', tag = ''] = match
  const expected = Buffer.from(tag, 'base64')
  const actual = await derive('argon2id', {
    message: normalised(password),
    nonce: Buffer.from(salt, 'base64'),
    tagLength: expected.length,
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  })
  return timingSafeEqual(actual, expected)
}

const normalised = (password: string): string => password.normalize('NFKC')

/** PHC strings carry base64 without padding. */
const unpadded = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '')
