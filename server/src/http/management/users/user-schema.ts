import { z } from 'zod'
import { fieldsQuery } from '../paging.ts'

const metadata = z.record(z.string(), z.unknown())
const shortText = z.string().min(1).max(300)
const email = z
  .email()
  .max(254)
  .meta({ examples: ['ada@example.com'] })
const password = z.string().min(1).max(1_024)
const username = z.string().min(1).max(128)
const phoneNumber = z.string().regex(/^\+[0-9]{1,15}$/)
const picture = z.url({ protocol: /^https?$/ }).max(2_048)
const verifyEmail = z.literal(false).optional().describe('This server sends no mails that verify an address')
const verifyPhone = z.literal(false).optional().describe('This server sends no texts that verify a number')

const flags = {
  email_verified: z.boolean().optional(),
  phone_verified: z.boolean().optional(),
  blocked: z.boolean().optional(),
  verify_email: verifyEmail,
}

export const createUser = z.strictObject({
  connection: z
    .string()
    .min(1)
    .describe('Name of the connection the user belongs to')
    .meta({ examples: ['Username-Password-Authentication'] }),
  user_id: z
    .string()
    .regex(/^[\w.~-]{1,240}$/)
    .optional(),
  email: email.optional(),
  username: username.optional(),
  password: password.optional(),
  phone_number: phoneNumber.optional(),
  name: shortText.optional(),
  given_name: shortText.optional(),
  family_name: shortText.optional(),
  nickname: shortText.optional(),
  picture: picture.optional(),
  user_metadata: metadata.optional(),
  app_metadata: metadata.optional(),
  ...flags,
})
export type CreateUser = z.infer<typeof createUser>

/** `null` takes a field away. */
export const editUser = z.strictObject({
  connection: z.string().min(1).optional(),
  client_id: z
    .string()
    .max(300)
    .optional()
    .describe('Has no meaning here: it would name a mail that verifies an address'),
  email: email.nullish(),
  username: username.nullish(),
  password: password.nullish(),
  phone_number: phoneNumber.nullish(),
  name: shortText.nullish(),
  given_name: shortText.nullish(),
  family_name: shortText.nullish(),
  nickname: shortText.nullish(),
  picture: picture.nullish(),
  user_metadata: metadata.optional(),
  app_metadata: metadata.optional(),
  ...flags,
  verify_phone_number: verifyPhone,
})
export type EditUserBody = z.infer<typeof editUser>

export const byUser = z.object({ id: z.string() })
export const shownFields = z.strictObject(fieldsQuery)
export const findByEmail = z.strictObject({ email: z.string().min(1), ...fieldsQuery })
