/**
 * What a handler asked for. The guest records commands; nothing happens until the handler has settled and the host has
 * checked the list. Schemas run on the host only: guest code uses `import type`.
 */
import { z } from 'zod'

/**
 * What is believed of one run. The guest keeps the same figures (the compiler compares them) and refuses earlier, so that
 * an author reads a clear error and only a broken guest meets the schemas below.
 */
export const commandLimits = {
  commands: 64,
  /** All commands as JSON in UTF-8; kept by the guest alone. */
  commandBytes: 65_536,
  reasonLength: 2_048,
  urlLength: 8_192,
  /** In one challenge: more than any user has. */
  factors: 32,
  promptIdLength: 48,
  /** Levels of a prompt's fields and vars. Whoever walks them on the way needs some stack for each level. */
  promptDepth: 64,
} as const

const httpUrl = z.url({ protocol: /^https?$/, error: 'must be an absolute http(s) URL' }).max(commandLimits.urlLength)

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

/** `depth` bounds this function too: it never goes deeper than it allows. */
const isWithin = (value: unknown, depth: number): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (depth > 0 && Object.values(value).every((inner) => isWithin(inner, depth - 1)))

/** JSON already, for it came as text; a recursive schema would run out of stack where a hostile guest nests deep enough. */
const plainObject = z.record(z.string(), z.unknown()).refine((value) => isWithin(value, commandLimits.promptDepth), {
  error: `must not be nested deeper than ${commandLimits.promptDepth} levels`,
})

export const cacheKey = z.string().min(1).max(64)
export const cacheRecord = z.object({ value: z.string().max(4_096), expires_at: z.number().int().positive() })
export type CacheRecord = z.infer<typeof cacheRecord>

export const command = z.discriminatedUnion('type', [
  z.object({ type: z.literal('access.deny'), reason: z.string().max(commandLimits.reasonLength) }),
  z.object({
    type: z.literal('authentication.challengeWith'),
    factor: factorSelector,
    additionalFactors: z.array(factorSelector).max(commandLimits.factors),
  }),
  z.object({
    type: z.literal('authentication.challengeWithAny'),
    factors: z.array(factorSelector).min(1).max(commandLimits.factors),
  }),
  z.object({ type: z.literal('redirect.sendUserTo'), url: httpUrl }),
  z.object({
    type: z.literal('prompt.render'),
    id: z.string().min(1).max(commandLimits.promptIdLength),
    fields: plainObject.optional(),
    vars: plainObject.optional(),
  }),
  z.object({ type: z.literal('transaction.setResultUrl'), url: httpUrl }),
  z.object({ type: z.literal('cache.set'), key: cacheKey, record: cacheRecord }),
  z.object({ type: z.literal('cache.delete'), key: cacheKey }),
])
export type Command = z.infer<typeof command>

export const commands = z.array(command).max(commandLimits.commands)
