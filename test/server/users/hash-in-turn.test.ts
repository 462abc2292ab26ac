import { expect, test } from 'vitest'
import { hashInTurn } from '../../../server/src/users/hash-in-turn.ts'
import { verifyPassword } from '../../../server/src/users/password.ts'

test('a tenant that sets many passwords at once holds up those of another by a few', async () => {
  let hashed = 0
  const many = Array.from({ length: 24 }, async (_, index) => {
    await hashInTurn('busy', `correct horse ${index}`)
    hashed += 1
  })
  const hash = await hashInTurn('neighbour', 'correct horse battery')
  expect(hashed).toBeLessThan(8)
  expect(await verifyPassword(hash, 'correct horse battery')).toBe(true)
  await Promise.all(many)
})
