import { describe, expect, test } from 'vitest'
import { parseEncryptionKeys } from '../../../server/src/crypto/encryption-keys.ts'
import { createVault, type Place } from '../../../server/src/crypto/vault.ts'

const entry = (id: string, byte: number): string => `${id}:${Buffer.alloc(32, byte).toString('base64')}`
const vaultOf = (text: string) => createVault(parseEncryptionKeys(text))

const place: Place = { tenant: 'acme', table: 'enrollments', id: 'totp|dev_1' }

describe('vault', () => {
  const vault = vaultOf(entry('one', 1))

  test.each(['', 'JBSWY3DPEHPK3PXP', 'ключ 🔑 \u0000', 'x'.repeat(1_000_000)])(
    'what was sealed opens again',
    (text) => {
      expect(vault.open(vault.seal(text, place), place)).toBe(text)
    },
  )

  test('the same text never seals to the same bytes', () => {
    const sealed = new Set(Array.from({ length: 1_000 }, () => vault.seal('secret', place)))
    expect(sealed.size).toBe(1_000)
  })

  test.each([
    { ...place, tenant: 'globex' },
    { ...place, table: 'action_secrets' },
    { ...place, id: 'totp|dev_2' },
    { tenant: 'acme","enrollments', table: '', id: place.id },
  ])('a ciphertext moved to $tenant $table $id does not open', (elsewhere) => {
    expect(() => vault.open(vault.seal('secret', place), elsewhere)).toThrow('cannot be decrypted')
  })

  test('a single changed bit anywhere does not open', () => {
    const [id, body = ''] = vault.seal('secret', place).split('.')
    const bytes = Buffer.from(body, 'base64url')
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes)
      changed[index]! ^= 1
      expect(() => vault.open(`${id}.${changed.toString('base64url')}`, place)).toThrow('cannot be decrypted')
    }
  })

  test.each(['', 'one', 'one.', 'one.AAAA', '.', 'two.AAAA'])('%j is no sealed text', (sealed) => {
    expect(() => vault.open(sealed, place)).toThrow()
  })

  test('a shortened tag is not accepted', () => {
    const [id, body = ''] = vault.seal('', place).split('.')
    const shortened = Buffer.from(body, 'base64url').subarray(0, 12 + 4)
    expect(() => vault.open(`${id}.${shortened.toString('base64url')}`, place)).toThrow('cannot be decrypted')
  })

  test('after a rotation the new key seals and the old one still opens', () => {
    const old = vault.seal('secret', place)
    const rotated = vaultOf(`${entry('two', 2)},${entry('one', 1)}`)
    expect(rotated.open(old, place)).toBe('secret')
    expect(rotated.seal('secret', place)).toMatch(/^two\./)
  })

  test('a key that was taken away is named', () => {
    const sealed = vault.seal('secret', place)
    expect(() => vaultOf(entry('two', 2)).open(sealed, place)).toThrow('is not among the encryption keys')
  })

  test('another key of the same id does not open, and no message carries the text', () => {
    const sealed = vault.seal('top-secret', place)
    expect(() => vaultOf(entry('one', 9)).open(sealed, place)).toThrow(
      /^((?!top-secret).)*cannot be decrypted((?!top-secret).)*$/,
    )
  })
})

describe('encryption keys', () => {
  const good = entry('one', 1)

  test('spaces around an entry do not count', () => {
    expect(parseEncryptionKeys(` ${good} , ${entry('two', 2)} `).map(({ id }) => id)).toEqual(['one', 'two'])
  })

  test.each([
    { list: '', entry: 1 },
    { list: 'one', entry: 1 },
    { list: `:${Buffer.alloc(32).toString('base64')}`, entry: 1 },
    { list: `one:${Buffer.alloc(16).toString('base64')}`, entry: 1 },
    { list: `one:${Buffer.alloc(33).toString('base64')}`, entry: 1 },
    { list: `${good},`, entry: 2 },
    { list: `${good},t w o:${Buffer.alloc(32).toString('base64')}`, entry: 2 },
    { list: `${good},${entry('two', 2)},${good}`, entry: 3 },
  ])('$list is refused by the number of its entry', ({ list, entry: number }) => {
    expect(() => parseEncryptionKeys(list)).toThrow(`ENCRYPTION_KEYS: entry ${number} `)
  })

  test('no message carries a key', () => {
    const almost = Buffer.alloc(31, 5).toString('base64')
    expect(() => parseEncryptionKeys(`${good},two:${almost}`)).toThrow(/entry 2 (?!.*BQUF)/)
  })
})
