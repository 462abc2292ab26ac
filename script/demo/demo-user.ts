import { randomBytes } from 'node:crypto'
import type { DemoRecord } from './demo-record.ts'
import type { JsonApi } from './json-api.ts'

const connection = 'Username-Password-Authentication'
const email = 'demo@example.com'
const phoneNumber = '+15550100'
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** 32 characters: 160 random bits, the length RFC 4226 recommends. */
const randomTotpSecret = (): string => Array.from(randomBytes(32), (byte) => base32[byte % 32]).join('')

/** A user with a verified address, a phone and an authenticator app. */
export const createDemoUser = async (management: JsonApi): Promise<DemoRecord['user']> => {
  const password = randomBytes(18).toString('base64url')
  const { user_id } = await management.post<{ user_id: string }>('/users', {
    connection,
    email,
    password,
    email_verified: true,
    name: 'Demo User',
  })
  const methods = `/users/${encodeURIComponent(user_id)}/authentication-methods`
  const totpSecret = randomTotpSecret()
  await management.post(methods, { type: 'totp', name: 'Authenticator app', totp_secret: totpSecret })
  await management.post(methods, {
    type: 'phone',
    name: 'Phone',
    phone_number: phoneNumber,
    preferred_authentication_method: 'sms',
  })
  return { user_id, email, password, phoneNumber, totpSecret }
}
