/**
 * What a handler asked for. The guest records commands; nothing happens until the handler has settled and the host has
 * checked the list. Schemas run on the host only: guest code uses `import type`.
 */
import { z } from 'zod'
import { boundedList } from './bounded-list.ts'

/**
 * What is believed of one run. The guest keeps the same figures (the compiler compares them) and refuses earlier, so that
 * an author reads a clear error and only a broken guest meets the schemas below.
 */
export const commandLimits = {
  commands: 64,
  /** All commands as JSON in UTF-8; the host holds each prompt to it, which is all that has no bound of its own. */
  commandBytes: 65_536,
  reasonLength: 2_048,
  urlLength: 8_192,
  /** In one challenge: more than any user has. */
  factors: 32,
  promptIdLength: 48,
  /** Levels of a prompt's fields and vars. Whoever walks them on the way needs some stack for each level. */
  promptDepth: 64,
} as const

/** Its length first: what is too long is not parsed. */
const httpUrl = z
  .string()
  .max(commandLimits.urlLength)
  .pipe(z.url({ protocol: /^https?$/, error: 'must be an absolute http(s) URL' }))

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
export const factorSelector = z.strictObject({
  type: z.enum(factorTypes),
  options: z
    .object({ preferredMethod: z.enum(['sms', 'voice', 'both']).optional(), otpFallback: z.boolean().optional() })
    .optional(),
})
export type FactorType = (typeof factorTypes)[number]
export type FactorSelector = z.infer<typeof factorSelector>

/**
 * Neither deeper nor larger than a prompt may be: both bound this function too. It counts what JSON needs at least for a
 * value, so that nothing is refused which the guest has let pass.
 */
const isModest = (prompt: unknown): boolean => {
  let room: number = commandLimits.commandBytes
  const fits = (value: unknown, depth: number): boolean => {
    room -= typeof value === 'string' ? value.length + 1 : 1
    if (room < 0) return false
    if (typeof value !== 'object' || value === null) return true
    if (depth === 0) return false
    if (Array.isArray(value)) return value.length <= room && value.every((item) => fits(item, depth - 1))
    for (const key in value) {
      room -= key.length
      if (!fits((value as Record<string, unknown>)[key], depth - 1)) return false
    }
    return true
  }
  return fits(prompt, commandLimits.promptDepth)
}

/** JSON already, for it came as text; a recursive schema would run out of stack where a hostile guest nests deep enough. */
const plainObject = z
  .custom<Record<string, unknown>>(isModest, {
    error: `must not be nested deeper than ${commandLimits.promptDepth} levels, nor take more than ${commandLimits.commandBytes} bytes`,
  })
  .pipe(z.record(z.string(), z.unknown()))

export const cacheKey = z.string().min(1).max(64)
export const cacheRecord = z.strictObject({ value: z.string().max(4_096), expires_at: z.number().int().positive() })
export type CacheRecord = z.infer<typeof cacheRecord>

export const command = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('access.deny'), reason: z.string().max(commandLimits.reasonLength) }),
  z.strictObject({
    type: z.literal('authentication.challengeWith'),
    factor: factorSelector,
    additionalFactors: boundedList(factorSelector, commandLimits.factors),
  }),
  z.strictObject({
    type: z.literal('authentication.challengeWithAny'),
    factors: boundedList(factorSelector, commandLimits.factors).refine((factors) => factors.length > 0),
  }),
  z.strictObject({ type: z.literal('redirect.sendUserTo'), url: httpUrl }),
  z.strictObject({
    type: z.literal('prompt.render'),
    id: z.string().min(1).max(commandLimits.promptIdLength),
    fields: plainObject.optional(),
    vars: plainObject.optional(),
  }),
  z.strictObject({ type: z.literal('transaction.setResultUrl'), url: httpUrl }),
  z.strictObject({ type: z.literal('cache.set'), key: cacheKey, record: cacheRecord }),
  z.strictObject({ type: z.literal('cache.delete'), key: cacheKey }),
])
export type Command = z.infer<typeof command>

export const commands = boundedList(command, commandLimits.commands)
