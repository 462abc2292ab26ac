import { z } from 'zod'
import type { AccountStamp } from '../../users/account-stamp.ts'
import { time } from './stored-record.ts'

export const accountStamp: z.ZodType<AccountStamp> = z.strictObject({
  email: z.string().exactOptional(),
  createdAt: time,
  passwordChangedAt: time.exactOptional(),
})
