/** What the JSON APIs answer when they refuse, as schemas. */
import { z } from 'zod'

export const wireRefusal = z
  .object({
    statusCode: z.int(),
    error: z.string().describe('The reason phrase of the status'),
    message: z.string(),
    errorCode: z.string().optional(),
  })
  .meta({ id: 'Refusal' })

export const oauthRefusal = z.object({ error: z.string(), error_description: z.string() }).meta({ id: 'OAuthRefusal' })

/** For `response`: answered without a body. */
export const noBody = z.undefined()
