/** What `/users/{id}/authentication-methods` takes, one form per type. */
import { z } from 'zod'
import { toCoseKey } from '../../../factors/cose-key.ts'
import { limitCatalogue } from '../../../tenants/limits.ts'

const name = z.string().min(1).max(100).optional()

/** 80 bits is what the first authenticator apps used; RFC 4226 asks for 128 and recommends 160. */
const totpSecret = z
  .string()
  .max(1_024)
  .regex(/^[A-Z2-7]{16,}=*$/)
  .describe('Base32 in upper case')
  .meta({ examples: ['JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'] })

const base64 = z
  .string()
  .max(4_096)
  .regex(/^[A-Za-z0-9+/_-]+={0,2}$/)

const toBase64url = (text: string): string => Buffer.from(text, 'base64').toString('base64url')

const publicKey = base64.transform((text, context): string => {
  const key = toCoseKey(text)
  if (key !== undefined) return key
  context.addIssue({ code: 'custom', message: 'It is neither a COSE key nor a SubjectPublicKeyInfo in base64' })
  return z.NEVER
})

const credential = {
  name,
  key_id: base64.transform(toBase64url).describe('Credential id, base64url'),
  public_key: publicKey.describe('COSE key or SubjectPublicKeyInfo, base64 or base64url'),
  relying_party_identifier: z.string().min(1).max(253).optional(),
}

const preferredMethod = z.enum(['sms', 'voice'])

const totp = z.strictObject({ type: z.literal('totp'), name, totp_secret: totpSecret })
const phone = z.strictObject({
  type: z.literal('phone'),
  name,
  phone_number: z
    .string()
    .regex(/^\+[0-9]{1,29}$/)
    .describe('In international form, with a plus sign'),
  preferred_authentication_method: preferredMethod.default('sms'),
})
const email = z.strictObject({ type: z.literal('email'), name, email: z.email().max(254) })
const securityKey = z.strictObject({ type: z.literal('webauthn-roaming'), ...credential })
const passkey = z.strictObject({
  type: z.literal('passkey'),
  ...credential,
  aaguid: z.string().min(1).max(36).optional(),
  credential_device_type: z.enum(['single_device', 'multi_device']).optional(),
  credential_backed_up: z.boolean().optional(),
  identity_user_id: z.string().min(1).max(300).optional(),
  user_agent: z.string().min(1).max(1_024).optional(),
  user_handle: z.string().min(1).max(128).optional(),
  transports: z.array(z.string().min(1).max(32)).max(16).default([]),
})

export const createMethod = z.discriminatedUnion('type', [totp, phone, email, securityKey, passkey])
export type CreateMethod = z.infer<typeof createMethod>

export const replaceMethods = z
  .array(z.discriminatedUnion('type', [totp, phone, email]))
  .max(limitCatalogue.factorsPerUser.largest)

export const editMethod = z.strictObject({
  name,
  preferred_authentication_method: preferredMethod.optional().describe('Of a phone'),
})

export const byUser = z.object({ id: z.string() })
export const byMethod = z.object({ id: z.string(), method: z.string() })
