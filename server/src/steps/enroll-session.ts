/**
 * What the browser keeps while its user enrolls authenticators; sealed, so that only we can read and write it.
 *
 * - the ticket belongs to the browser that pressed the button first, and to nobody else; it stays open until it expires
 * - "done" makes the browser forget its half, which closes the ticket for good
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { problem } from '../errors.ts'
import { type Enroller, enrollableTypes } from '../factors/enroller.ts'
import type { Subject } from '../factors/factor.ts'
import type { Clock } from '../ports.ts'
import { effectiveLimits } from '../tenants/limits.ts'
import type { Tenant } from '../tenants/tenant.ts'
import type { TicketStore } from '../tickets/ticket.ts'
import { isUnchanged } from '../users/account-stamp.ts'
import type { Enrollment, EnrollmentType } from '../users/enrollment.ts'
import type { LoadSubject } from './subject.ts'

export const enrollSession = z.object({
  ticketHash: z.string(),
  browserSecret: z.string(),
  /** What was begun and is not confirmed yet. `id` makes it single use. */
  pending: z
    .object({
      id: z.string(),
      type: z.enum(enrollableTypes),
      begun: z.record(z.string(), z.unknown()),
      expiresAt: z.number(),
    })
    .optional(),
})
export type EnrollSession = z.infer<typeof enrollSession>
export type PendingEnrollment = NonNullable<EnrollSession['pending']>

/** Long enough to fetch the phone from the next room. */
export const pendingLifeMs = 30 * 60_000

type Deps = { tickets: Pick<TicketStore, 'find' | 'redeem'>; loadSubject: LoadSubject; clock: Clock }

export interface OpenedSession {
  subject: Subject
  /** The only kind that the ticket lets the user register, where it says so. */
  enrolls: EnrollmentType | undefined
}

/** Throws `ERR_ENROLLMENT_LINK_UNUSABLE` unless the ticket is open and this browser's. */
export type OpenSession = (tenant: Tenant, session: EnrollSession) => Promise<OpenedSession>

/** A new recovery code takes the place of the earlier one. */
const hasRoomFor = ({ tenant, enrollments }: Subject, type: EnrollmentType): boolean => {
  const replaced = (one: Enrollment) => type === 'recovery-code' && one.type === type
  return enrollments.some(replaced) || enrollments.length < effectiveLimits(tenant).factorsPerUser
}

export const isOfferedIn = ({ subject, enrolls }: OpenedSession, enroller: Enroller): boolean =>
  enroller.isOffered(subject) &&
  (enrolls === undefined || enroller.type === enrolls) &&
  hasRoomFor(subject, enroller.type)

export const openSession =
  ({ tickets, loadSubject, clock }: Deps): OpenSession =>
  async (tenant, { ticketHash, browserSecret }) => {
    const browser = createHash('sha256').update(browserSecret).digest('base64url')
    const now = clock.now()
    // A link for something else is refused without being spent.
    const isOurs = (await tickets.find(tenant.name, ticketHash, now))?.purpose === 'enroll'
    const ticket = isOurs ? await tickets.redeem(tenant.name, ticketHash, browser, now) : undefined
    const subject = ticket && (await loadSubject(tenant, ticket.userId))
    if (!ticket || !subject || !isUnchanged(ticket.account, subject.user)) throw problem('ERR_ENROLLMENT_LINK_UNUSABLE')
    return { subject, enrolls: ticket.enrolls }
  }
