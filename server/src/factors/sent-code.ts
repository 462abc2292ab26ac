/**
 * A code that is sent to the user: six digits for five minutes, unless the tenant has chosen otherwise.
 *
 * - it is stored sealed, for this user, factor and question only: whoever gets hold of the store cannot read it. A hash
 *   would not do: there are too few codes to try
 * - it is used once because passing changes the transaction's revision, and only one save of a revision wins
 * - sending is limited per user: a new code makes the earlier one worthless, but each one costs the operator money and
 *   the user attention
 */
import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { tooManyRequests } from '../errors.ts'
import type { Clock, Random } from '../ports.ts'
import type { RateLimitStore } from '../rate-limits/rate-limit.ts'
import { type CodeSettings, guardianSettings } from '../tenants/guardian-settings.ts'
import type { Begun, Subject } from './factor.ts'

/** By mail and phone together. */
const sends = { most: 5, windowMs: 15 * 60_000 }
/** As the vendor allows: there are numbers that earn by being called. */
const phoneSends = { most: 10, windowMs: 3_600_000 }

const sentCode = z.object({
  sealed: z.string(),
  salt: z.string(),
  /** Six where the code was sent before tenants could choose. */
  length: z.number().default(6),
  expiresAt: z.number(),
  lifeSeconds: z.number().default(300),
})
type SentCode = z.infer<typeof sentCode>

interface Place {
  tenant: string
  table: string
  id: string
}

export type CodeDeps = {
  clock: Clock
  random: Pick<Random, 'digits' | 'token'>
  rateLimits: Pick<RateLimitStore, 'attempt'>
  /** Encrypts for one place; `open` throws on what was sealed for another. */
  vault: { seal(text: string, place: Place): string; open(sealed: string, place: Place): string }
}

interface Question {
  subject: Subject
  factor: 'email' | 'phone'
}

/** What the texts of a mail, a text message or a call are made from. */
export interface CodeFacts {
  tenant: Subject['tenant']
  user: Subject['user']
  to: string
  code: string
  lifeSeconds: number
  origin?: Subject['origin']
}

const settingsOf = ({ subject: { tenant }, factor }: Question): CodeSettings => {
  const { emailCode, phoneCode } = guardianSettings(tenant)
  return factor === 'email' ? emailCode : phoneCode
}

/** What the page says of the code: how many digits it has, and how long it works. */
export const shownOf = (begun: Begun): { length: number; lifeSeconds: number } => {
  const { length = 6, lifeSeconds = 300 } = sentCode.safeParse(begun).data ?? {}
  return { length, lifeSeconds }
}

const placeOf = ({ subject: { tenant, user }, factor }: Question, salt: string): Place => ({
  tenant: tenant.name,
  table: 'sent codes',
  id: JSON.stringify([user.id, factor, salt]),
})

const requireAllowance = async (
  { clock, rateLimits }: Pick<CodeDeps, 'clock' | 'rateLimits'>,
  { subject: { tenant, user }, factor }: Question,
): Promise<void> => {
  const windows = [
    { name: `code-sends:${user.id}`, window: sends },
    ...(factor === 'phone' ? [{ name: `phone-code-sends:${user.id}`, window: phoneSends }] : []),
  ]
  for (const { name, window } of windows) {
    const allowance = await rateLimits.attempt(tenant.name, name, window, clock.now())
    if (!allowance.allowed) throw tooManyRequests(allowance.retryAfterMs)
  }
}

/** Throws `ERR_TOO_MANY_REQUESTS` when the user was sent too many codes lately. */
export const issueCode = async (
  deps: CodeDeps,
  question: Question,
): Promise<{ code: string; lifeSeconds: number; begun: SentCode }> => {
  await requireAllowance(deps, question)
  const { clock, random, vault } = deps
  const { length, lifeSeconds } = settingsOf(question)
  const code = random.digits(length)
  const salt = random.token(16)
  const sealed = vault.seal(code, placeOf(question, salt))
  return {
    code,
    lifeSeconds,
    begun: { sealed, salt, length, lifeSeconds, expiresAt: clock.now() + lifeSeconds * 1_000 },
  }
}

/** Unreadable, expired and wrong are all `failed`. Spaces in what was typed do not count. */
export const checkCode = (
  { clock, vault }: Pick<CodeDeps, 'clock' | 'vault'>,
  question: Question & { begun: Begun },
  typed: string | undefined,
): 'passed' | 'failed' => {
  const sent = sentCode.safeParse(question.begun)
  if (!sent.success || clock.now() >= sent.data.expiresAt || typed === undefined) return 'failed'
  const expected = openCode(vault, question, sent.data)
  const given = Buffer.from(typed.replaceAll(/\s/g, ''))
  return expected?.length === given.length && timingSafeEqual(expected, given) ? 'passed' : 'failed'
}

const openCode = (vault: CodeDeps['vault'], question: Question, { sealed, salt }: SentCode): Buffer | undefined => {
  try {
    return Buffer.from(vault.open(sealed, placeOf(question, salt)))
  } catch {
    // Sealed for another question, or with a key that has been retired: the user can have a new code sent.
    return undefined
  }
}
