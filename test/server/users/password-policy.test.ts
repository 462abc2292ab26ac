import { expect, test } from 'vitest'
import { checkPassword } from '../../../server/src/users/password-policy.ts'

const user = { email: 'Anna.Schmidt@example.com', username: 'annaschmidt' }

test.each([
  { password: '', problem: 'too-short' },
  { password: '1234567', problem: 'too-short' },
  { password: '🔑🔑🔑🔑🔑🔑🔑', problem: 'too-short' },
  { password: 'e\u0301'.repeat(7), problem: 'too-short' },
  { password: '12345678', problem: undefined },
  { password: '🔑🔑🔑🔑🔑🔑🔑🔑', problem: undefined },
  { password: 'nothing but small letters and spaces', problem: undefined },
  { password: 'x'.repeat(128), problem: undefined },
  { password: '🔑'.repeat(128), problem: undefined },
  { password: 'x'.repeat(129), problem: 'too-long' },
  { password: 'anna.schmidt@example.com', problem: 'same-as-account' },
  { password: '1ANNA.SCHMIDT@EXAMPLE.COM!', problem: 'same-as-account' },
  { password: 'anna.schmidt1', problem: 'same-as-account' },
  { password: 'AnnaSchmidt2026', problem: 'same-as-account' },
  { password: 'ａｎｎａｓｃｈｍｉｄｔ', problem: 'same-as-account' },
  { password: 'anna likes example.com', problem: undefined },
])('$password is $problem', ({ password, problem }) => {
  expect(checkPassword(password, user)).toBe(problem)
})

test('a short name is not looked for', () => {
  expect(checkPassword('bobsleigh', { email: 'bob@x.y', username: 'bob' })).toBeUndefined()
})

test('a user without address and name may choose anything long enough', () => {
  expect(checkPassword('12345678', {})).toBeUndefined()
})
