import { z } from 'zod'
import type { Transaction } from '../../transactions/transaction.ts'
import { accountStamp } from './account-stamp-schema.ts'
import { journeySchema } from './journey-schema.ts'
import { storedRecord, time } from './stored-record.ts'

export const transactionRecord = storedRecord<Transaction>('transaction', {
  version: 1,
  schema: z.strictObject({
    id: z.string(),
    purpose: z.literal('password-reset'),
    userId: z.string(),
    account: accountStamp,
    connection: z.string(),
    clientId: z.string(),
    uiLocales: z.array(z.string()),
    ticketHash: z.string(),
    includesEmailInRedirect: z.boolean(),
    marksEmailVerified: z.boolean(),
    pinned: z.array(
      z.strictObject({ bindingId: z.string(), actionId: z.string(), versionId: z.string(), name: z.string() }),
    ),
    executionId: z.string().exactOptional(),
    journey: journeySchema,
    revision: z.int().nonnegative(),
    createdAt: time,
    expiresAt: time,
  }),
})
