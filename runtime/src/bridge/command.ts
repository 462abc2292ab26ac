/**
 * What a handler asked for. The guest records commands; nothing happens until the handler has settled and the host has
 * checked the list. Schemas run on the host only: guest code uses `import type`.
 */
import { z } from 'zod'

const httpUrl = z
  .string()
  .max(8_192)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'must be an absolute http(s) URL')

export const factorTypes = [
  'otp',
  'email',
  'phone',
  'push-notification',
  'webauthn-roaming',
  'webauthn-platform',
  'recovery-code',
] as const

/** Aliases are resolved in the guest: `push` is `push-notification`, `sms` is `phone` by SMS. */
export const factorSelector = z.object({
  type: z.enum(factorTypes),
  options: z
    .object({ preferredMethod: z.enum(['sms', 'voice', 'both']).optional(), otpFallback: z.boolean().optional() })
    .optional(),
})
export type FactorType = (typeof factorTypes)[number]
export type FactorSelector = z.infer<typeof factorSelector>

const plainObject = z.record(z.string(), z.json())

export const cacheKey = z.string().min(1).max(64)
export const cacheRecord = z.object({ value: z.string().max(4_096), expires_at: z.number().int().positive() })
export type CacheRecord = z.infer<typeof cacheRecord>

export const command = z.discriminatedUnion('type', [
  z.object({ type: z.literal('access.deny'), reason: z.string().max(2_048) }),
  z.object({
    type: z.literal('authentication.challengeWith'),
    factor: factorSelector,
    additionalFactors: z.array(factorSelector).max(32),
  }),
  z.object({ type: z.literal('authentication.challengeWithAny'), factors: z.array(factorSelector).min(1).max(32) }),
  z.object({ type: z.literal('redirect.sendUserTo'), url: httpUrl }),
  z.object({
    type: z.literal('prompt.render'),
    id: z.string().min(1).max(48),
    fields: plainObject.optional(),
    vars: plainObject.optional(),
  }),
  z.object({ type: z.literal('transaction.setResultUrl'), url: httpUrl }),
  z.object({ type: z.literal('cache.set'), key: cacheKey, record: cacheRecord }),
  z.object({ type: z.literal('cache.delete'), key: cacheKey }),
])
export type Command = z.infer<typeof command>

/** At most this many commands of one run are believed; the guest refuses earlier. */
export const maximumCommands = 64
export const commands = z.array(command).max(maximumCommands)
