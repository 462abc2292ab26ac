import { expect, test } from 'vitest'
import { composeCodeMessage } from '../../../server/src/phone/code-message.ts'
import { aTenant } from '../../support/database.ts'

const facts = { tenant: aTenant('one'), to: '+491511234567', code: '123456', lifeSeconds: 300 }

test('a text message ends with the line that binds the code to the site', () => {
  const { text } = composeCodeMessage({ ...facts, via: 'sms' })
  expect(text).toContain('your code is 123456')
  expect(text.split('\n').at(-1)).toBe('@one.localhost #123456')
})

test('a call reads the code digit by digit, twice', () => {
  const { text } = composeCodeMessage({ ...facts, via: 'voice' })
  expect(text.split('1, 2, 3, 4, 5, 6')).toHaveLength(3)
})
