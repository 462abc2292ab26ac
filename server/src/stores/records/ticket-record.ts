import { z } from 'zod'
import type { Ticket } from '../../tickets/ticket.ts'
import { enrollmentTypes } from '../../users/enrollment.ts'
import { accountStamp } from './account-stamp-schema.ts'
import { storedRecord, time } from './stored-record.ts'

/** `redeemedBy` is stored beside it, where a conditional write can reach it. */
export const ticketRecord = storedRecord<Omit<Ticket, 'redeemedBy'>>('ticket', {
  version: 1,
  schema: z.strictObject({
    hash: z.string(),
    purpose: z.enum(['reset', 'enroll']),
    userId: z.string(),
    account: accountStamp,
    clientId: z.string().exactOptional(),
    organizationId: z.string().exactOptional(),
    resultUrl: z.string().exactOptional(),
    enrolls: z.enum(enrollmentTypes).exactOptional(),
    uiLocales: z.array(z.string()),
    marksEmailVerified: z.boolean(),
    includesEmailInRedirect: z.boolean(),
    createdAt: time,
    expiresAt: time,
  }),
})

export const toTicket = (record: string, redeemedBy: string | null | undefined): Ticket => ({
  ...ticketRecord.decode(record),
  ...(redeemedBy != null && { redeemedBy }),
})
