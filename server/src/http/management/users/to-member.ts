import { z } from 'zod'
import type { User } from '../../../users/user.ts'

export const member = z
  .object({
    user_id: z.string(),
    email: z.string().optional(),
    name: z.string().optional(),
    picture: z.string().optional(),
  })
  .meta({ id: 'Member' })

/** A user as one of a list of people who have something in common. */
export const toMemberAnswer = ({ id, email, name, picture }: User) => ({ user_id: id, email, name, picture })
