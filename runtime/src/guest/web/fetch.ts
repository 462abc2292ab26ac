/**
 * `fetch`, answered by the host. It settles when the whole answer is there. What fails on the way is undici's TypeError
 * `fetch failed`, with the reason as its `cause`; what the author gave up is the reason of its signal.
 */
import type { EgressAnswer, EgressRequest } from '../../bridge/egress.ts'
import { codedError } from '../coded-error.ts'
import { bare, PromiseClass, TypeErrorClass } from '../primordials.ts'
import { onAbort } from './abort-signal.ts'
import { contentOf } from './body.ts'
import type { EgressLedger } from './egress-ledger.ts'
import { pairsOf } from './headers.ts'
import { Request } from './request.ts'
import { type Response, toResponse } from './response.ts'
import { toSendable } from './sendable.ts'

type Outcome = EgressAnswer | { aborted: unknown }

const failed = (message: string, code: string): Error =>
  new TypeErrorClass('fetch failed', bare({ cause: codedError(message, code) }))

/** Throws what the host would not believe. */
const toEgressRequest = (request: Request): Omit<EgressRequest, 'id'> => {
  const { method, url, redirect } = request
  const sendable = toSendable({ method, url, redirect, headers: pairsOf(request.headers) }, contentOf(request))
  if (sendable.refusal) throw failed(sendable.refusal.message, sendable.refusal.code)
  return sendable.request
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
