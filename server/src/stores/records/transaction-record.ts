import { z } from 'zod'
import type { Transaction } from '../../transactions/transaction.ts'
import { accountStamp } from './account-stamp-schema.ts'
import { journeySchema } from './journey-schema.ts'
import { storedRecord, time } from './stored-record.ts'

const pins = z.object({ record: z.object({ pinned: z.array(z.object({ versionId: z.string() })) }) })

/** The versions a stored transaction runs, without reading the rest. None where the record is of another form: it is refused when it is opened. */
export const pinnedIn = (text: string): string[] =>
  pins.safeParse(JSON.parse(text)).data?.record.pinned.map(({ versionId }) => versionId) ?? []

export const transactionRecord = storedRecord<Transaction>('transaction', {
  version: 1,
  schema: z.strictObject({
    id: z.string(),
    purpose: z.literal('password-reset'),
    userId: z.string(),
    account: accountStamp,
    connection: z.string(),
    clientId: z.string(),
    organizationId: z.string().exactOptional(),
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
