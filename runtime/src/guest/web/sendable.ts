/** Holds a request against what the host will believe of it, before it is asked: the refusal then has words. */
import type { EgressAnswer, EgressRequest, egressQuota } from '../../bridge/egress.ts'
import { bare, startsWith } from '../primordials.ts'
import { sizeOf, toEgressBody, type Whole } from './body-source.ts'

/** The figures of `bridge/egress.ts`, which the guest may not load; the compiler compares them. */
const quota: typeof egressQuota = { urlLength: 8_192, headerLength: 16_384, bodyBytes: 262_144 }

type Head = Omit<EgressRequest, 'id' | 'body' | 'headers'> & {
  headers: { readonly length: number; readonly [index: number]: readonly [name: string, value: string] }
}
type Refusal = Extract<EgressAnswer, { ok: false }>

const lengthOf = ({ headers }: Head): number => {
  let length = 0
  for (let index = 0; index < headers.length; index++) length += `${headers[index]?.[0]}${headers[index]?.[1]}`.length
  return length
}

const refused = (code: string, message: string): { refusal: Refusal } => ({
  refusal: bare({ ok: false, code, message }),
})

export const toSendable = (
  head: Head,
  content: Whole | undefined,
): { request: Omit<EgressRequest, 'id'>; refusal?: never } | { refusal: Refusal } => {
  const { url } = head
  if (!startsWith(url, 'https://') && !startsWith(url, 'http://')) return refused('ERR_EGRESS_SCHEME', 'unknown scheme')
  if (url.length > quota.urlLength)
    return refused('ERR_EGRESS_URL', `The URL of a request may have at most ${quota.urlLength} characters.`)
  if (lengthOf(head) > quota.headerLength)
    return refused('ERR_EGRESS_HEADERS', `The headers of a request may have at most ${quota.headerLength} characters.`)
  if (content !== undefined && sizeOf(content) > quota.bodyBytes)
    return refused('ERR_EGRESS_BODY', `The body of a request may have at most ${quota.bodyBytes} bytes.`)
  const plain = head as Omit<EgressRequest, 'id' | 'body'>
  return { request: content === undefined ? plain : { ...plain, body: toEgressBody(content) } }
}
