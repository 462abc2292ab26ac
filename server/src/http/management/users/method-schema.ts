/** What `POST /users/{id}/authentication-methods` takes, one form per type. */
import { decodeCredentialPublicKey } from '@simplewebauthn/server/helpers'
import { z } from 'zod'

const name = z.string().min(1).max(100).optional()

/** 80 bits is what the first authenticator apps used; RFC 4226 asks for 128 and recommends 160. */
const totpSecret = z
  .string()
  .max(1_024)
  .regex(/^[A-Z2-7]{16,}=*$/)
  .describe('Base32 in upper case')

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'base64'))

/** `1` is the key type and `3` the algorithm (RFC 9052, 7.1): without them nothing can be verified. */
const isCoseKey = (text: string): boolean => {
  try {
    const key = decodeCredentialPublicKey(bytesOf(text))
    return key instanceof Map && key.has(1) && key.has(3)
  } catch {
    return false
  }
}

const base64 = z
  .string()
  .max(4_096)
  .regex(/^[A-Za-z0-9+/_-]+={0,2}$/)

const toBase64url = (text: string): string => Buffer.from(text, 'base64').toString('base64url')

export const createMethod = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('totp'), name, totp_secret: totpSecret }),
  z.strictObject({
    type: z.literal('phone'),
    name,
    phone_number: z
      .string()
      .regex(/^\+[0-9]{1,29}$/)
      .describe('In international form, with a plus sign'),
    preferred_authentication_method: z.enum(['sms', 'voice']).default('sms'),
  }),
  z.strictObject({ type: z.literal('email'), name, email: z.email().max(254) }),
  z.strictObject({
    type: z.literal('webauthn-roaming'),
    name,
    key_id: base64.transform(toBase64url).describe('Credential id, base64url'),
    public_key: base64
      .refine(isCoseKey, 'The key is not a COSE key in base64')
      .transform(toBase64url)
      .describe('COSE key, base64 or base64url'),
    relying_party_identifier: z.string().min(1).max(253).optional(),
  }),
])
export type CreateMethod = z.infer<typeof createMethod>

export const byUser = z.object({ id: z.string() })
export const byMethod = z.object({ id: z.string(), method: z.string() })
