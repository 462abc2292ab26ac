/**
 * A code that is sent to the user: six digits for five minutes, stored only as a keyed hash.
 *
 * - the hash is bound to tenant, user, factor and a salt of its own, so a code proves nothing anywhere else; without the
 *   key a stolen record cannot be searched through, small as the number of codes is
 * - it is used once because passing changes the transaction's revision, and only one save of a revision wins
 * - sending is limited per user: a new code makes the earlier one worthless, but each one costs the operator money and
 *   the user attention
 */
import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { problem } from '../errors.ts'
import type { Clock, Random } from '../ports.ts'
import type { RateLimitStore } from '../rate-limits/rate-limit.ts'
import type { Begun, Subject } from './factor.ts'

export const codeLength = 6
const codeLifeMs = 5 * 60_000
const sends = { most: 5, windowMs: 15 * 60_000 }

const sentCode = z.object({ hash: z.string(), salt: z.string(), expiresAt: z.number() })
type SentCode = z.infer<typeof sentCode>

/** `codeKey` is secret and the same on every node. */
export type CodeDeps = {
  clock: Clock
  random: Pick<Random, 'digits' | 'token'>
  rateLimits: Pick<RateLimitStore, 'attempt'>
  codeKey: KeyObject
}

interface Binding {
  subject: Subject
  factor: 'email' | 'phone'
}

/** What the texts of a mail, a text message or a call are made from. */
export interface CodeFacts {
  tenant: Subject['tenant']
  to: string
  code: string
  lifeMinutes: number
}

/** Throws `ERR_TOO_MANY_REQUESTS` when the user was sent too many codes lately. */
export const issueCode = async (
  { clock, random, rateLimits, codeKey }: CodeDeps,
  { subject, factor }: Binding,
): Promise<{ code: string; lifeMinutes: number; begun: SentCode }> => {
  const name = `code-sends:${subject.user.id}`
  const allowance = await rateLimits.attempt(subject.tenant.name, name, sends, clock.now())
  if (!allowance.allowed) throw problem('ERR_TOO_MANY_REQUESTS')

  const code = random.digits(codeLength)
  const salt = random.token(16)
  const hash = hashCode(codeKey, { subject, factor, salt }, code).toString('base64url')
  return { code, lifeMinutes: codeLifeMs / 60_000, begun: { hash, salt, expiresAt: clock.now() + codeLifeMs } }
}

/** Unreadable, expired and wrong are all `failed`. Spaces in what was typed do not count. */
export const checkCode = (
  { clock, codeKey }: Pick<CodeDeps, 'clock' | 'codeKey'>,
  binding: Binding & { begun: Begun },
  typed: string | undefined,
): 'passed' | 'failed' => {
  const sent = sentCode.safeParse(binding.begun)
  if (!sent.success || clock.now() >= sent.data.expiresAt || typed === undefined) return 'failed'
  const expected = Buffer.from(sent.data.hash, 'base64url')
  const given = hashCode(codeKey, { ...binding, salt: sent.data.salt }, typed.replaceAll(/\s/g, ''))
  return expected.length === given.length && timingSafeEqual(expected, given) ? 'passed' : 'failed'
}

const hashCode = (key: KeyObject, { subject, factor, salt }: Binding & { salt: string }, code: string): Buffer =>
  createHmac('sha256', key)
    .update(JSON.stringify([subject.tenant.name, subject.user.id, factor, salt, code]))
    .digest()
