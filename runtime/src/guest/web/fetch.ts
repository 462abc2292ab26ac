/**
 * `fetch`, answered by the host. It settles when the whole answer is there. What fails on the way is undici's TypeError
 * `fetch failed`, with the reason as its `cause`; what the author gave up is the reason of its signal.
 */
import type { EgressAnswer, EgressRequest, egressQuota } from '../../bridge/egress.ts'
import { codedError } from '../coded-error.ts'
import { bare, PromiseClass, startsWith, TypeErrorClass } from '../primordials.ts'
import { onAbort } from './abort-signal.ts'
import { contentOf } from './body.ts'
import { sizeOf, toEgressBody } from './body-source.ts'
import type { EgressLedger } from './egress-ledger.ts'
import { pairsOf } from './headers.ts'
import { Request } from './request.ts'
import { type Response, toResponse } from './response.ts'

/** The figures of `bridge/egress.ts`, which the guest may not load; the compiler compares them. */
const quota: typeof egressQuota = { urlLength: 8_192, headerLength: 16_384, bodyBytes: 262_144 }

type Outcome = EgressAnswer | { aborted: unknown }

const failed = (message: string, code: string): Error =>
  new TypeErrorClass('fetch failed', bare({ cause: codedError(message, code) }))

const lengthOf = (pairs: ReturnType<typeof pairsOf>): number => {
  let length = 0
  for (let index = 0; index < pairs.length; index++) length += `${pairs[index]?.[0]}${pairs[index]?.[1]}`.length
  return length
}

/** Throws what the host would not believe. */
const toEgressRequest = (request: Request): Omit<EgressRequest, 'id'> => {
  const { method, url, redirect } = request
  const headers = pairsOf(request.headers)
  const content = contentOf(request)
  if (!startsWith(url, 'https://') && !startsWith(url, 'http://')) throw failed('unknown scheme', 'ERR_EGRESS_SCHEME')
  if (url.length > quota.urlLength)
    throw failed(`The URL of a request may have at most ${quota.urlLength} characters.`, 'ERR_EGRESS_URL')
  if (lengthOf(headers) > quota.headerLength)
    throw failed(`The headers of a request may have at most ${quota.headerLength} characters.`, 'ERR_EGRESS_HEADERS')
  if (content !== undefined && sizeOf(content) > quota.bodyBytes)
    throw failed(`The body of a request may have at most ${quota.bodyBytes} bytes.`, 'ERR_EGRESS_BODY')
  const plain = { method, url, redirect, headers: headers as EgressRequest['headers'] }
  return content === undefined ? plain : { ...plain, body: toEgressBody(content) }
}

const exchange = (ledger: EgressLedger, request: Request): Promise<Outcome> => {
  const plain = toEgressRequest(request)
  return new PromiseClass((resolve) => {
    const id = ledger.send(plain, (answer) => resolve(bare(answer)))
    onAbort(request.signal, (reason) => {
      ledger.abandon(id)
      resolve(bare({ aborted: reason }))
    })
  })
}

export const createFetch =
  (ledger: EgressLedger) =>
  async (input: unknown, init?: unknown): Promise<Response> => {
    const outcome = await exchange(ledger, new Request(input, init))
    // Thrown here and not where it arrives: the stack then leads to the author's own `await`.
    if ('aborted' in outcome) throw outcome.aborted
    if (!outcome.ok) throw failed(outcome.message, outcome.code)
    return toResponse(outcome)
  }
