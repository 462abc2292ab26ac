/**
 * What a guest may ask of the network, and what it is told. A request is recorded in the guest, forwarded by the sandbox
 * process and sent by the server, which alone decides what may be reached; the answer comes back through the door's `settle`.
 */
import { z } from 'zod'
import { boundedList } from './bounded-list.ts'

/** What is believed of one request. The guest keeps the same figures and refuses earlier, in words. */
export const egressQuota = {
  urlLength: 8_192,
  /** Names and values together, in UTF-16 code units. */
  headerLength: 16_384,
  /** Bytes of a body in UTF-8. */
  bodyBytes: 262_144,
} as const

/** Text where it is UTF-8: it needs no conversion on the way, and half of the bytes. */
const body = z.union([
  z.strictObject({ text: z.string().max(egressQuota.bodyBytes) }),
  z.strictObject({
    base64: z
      .string()
      .max(Math.ceil(egressQuota.bodyBytes / 3) * 4)
      .pipe(z.base64()),
  }),
])
export type EgressBody = z.infer<typeof body>

/** RFC 9110, 5.6.2. */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/

export const egressRequest = z.strictObject({
  /** Unique within the run. */
  id: z.int().positive(),
  method: z.string().max(32).pipe(z.string().regex(token)),
  url: z
    .string()
    .max(egressQuota.urlLength)
    .pipe(z.url({ protocol: /^https?$/ })),
  headers: boundedList(z.tuple([z.string().regex(token), z.string()]), egressQuota.headerLength).refine(
    (headers) => headers.reduce((sum, pair) => sum + pair.join('').length, 0) <= egressQuota.headerLength,
  ),
  body: body.exactOptional(),
  redirect: z.enum(['follow', 'error', 'manual']),
})
export type EgressRequest = z.infer<typeof egressRequest>

/** Handed to `settle` as JSON. A failure becomes the `cause` of the author's TypeError `fetch failed`. */
export type EgressAnswer =
  | {
      ok: true
      status: number
      statusText: string
      url: string
      redirected: boolean
      headers: [name: string, value: string][]
      body: EgressBody
    }
  | { ok: false; code: string; message: string }
