import { describe, expect, test } from 'vitest'
import { hashPassword, verifyPassword } from '../../../server/src/users/password.ts'

/** From the test vectors of the reference implementation (phc-winner-argon2, test.c). */
const foreignHash = '$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc'

describe('password hashes', () => {
  test('a hash verifies its own password and no other', async () => {
    const hash = await hashPassword('correct horse battery')
    expect(await verifyPassword(hash, 'correct horse battery')).toBe(true)
    for (const wrong of ['', 'Correct horse battery', 'correct horse battery ', 'correct horse batter']) {
      expect(await verifyPassword(hash, wrong)).toBe(false)
    }
  })

  test('a hash names argon2id with the OWASP cost, and is salted anew each time', async () => {
    const [one, two] = await Promise.all([hashPassword('same'), hashPassword('same')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(one).not.toBe(two)
  })

  test('a hash of another implementation and cost verifies', async () => {
    expect(await verifyPassword(foreignHash, 'password')).toBe(true)
    expect(await verifyPassword(foreignHash, 'Password')).toBe(false)
  })

  test('the same characters verify however the keyboard composed them', async () => {
    const [composed, decomposed, fullWidth] = ['Ångström-é', 'Ångström-é', 'Ａngstrom']
    expect(await verifyPassword(await hashPassword(composed!.normalize('NFC')), decomposed!.normalize('NFD'))).toBe(
      true,
    )
    expect(await verifyPassword(await hashPassword(fullWidth!), 'Angstrom')).toBe(true)
  })

  test('no character is cut off: long, NUL and non-Latin passwords differ at their ends', async () => {
    for (const start of ['x'.repeat(128), 'a\u0000', '🔑'.repeat(100)]) {
      const hash = await hashPassword(`${start}1`)
      expect(await verifyPassword(hash, `${start}1`)).toBe(true)
      expect(await verifyPassword(hash, `${start}2`)).toBe(false)
    }
  })

  test.each(['', 'plain', '$2b$10$abcdefghijklmnopqrstuv', '$argon2i$v=19$m=64,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2g'])(
    '%j is refused as a hash, and not shown',
    async (hash) => {
      await expect(verifyPassword(hash, 'password')).rejects.toThrow(
        /^The stored password hash is not argon2id in PHC form\.$/,
      )
    },
  )
})
