/**
 * `fetch`, answered by the host. It settles when the whole answer is there. What fails on the way is undici's TypeError
 * `fetch failed`, with the reason as its `cause`; what the author gave up is the reason of its signal.
 */
import type { EgressAnswer, EgressRequest } from '../../bridge/egress.ts'
import { codedError } from '../coded-error.ts'
import { bare, PromiseClass, TypeErrorClass } from '../primordials.ts'
import { takeContent } from './body.ts'
import { collect, type Whole } from './body-source.ts'
import type { EgressLedger } from './egress-ledger.ts'
import { pairsOf } from './headers.ts'
import { late } from './late.ts'
import { Request, signalOf } from './request.ts'
import { type Response, toResponse } from './response.ts'
import { toSendable } from './sendable.ts'

type Outcome = EgressAnswer | { aborted: unknown }

const failed = (message: string, code: string): Error =>
  new TypeErrorClass('fetch failed', bare({ cause: codedError(message, code) }))

/** Throws what the host would not believe. */
const toEgressRequest = (request: Request, content: Whole | undefined): Omit<EgressRequest, 'id'> => {
  const { method, url, redirect } = request
  const sendable = toSendable({ method, url, redirect, headers: pairsOf(request.headers) }, content)
  if (sendable.refusal) throw failed(sendable.refusal.message, sendable.refusal.code)
  return sendable.request
}

/** Who has no signal cannot give up, and needs none of what signals are made of. */
const whenAborted = (request: Request, callback: (reason: unknown) => void): void => {
  const signal = signalOf(request)
  if (signal !== undefined) late('abort').load().onAbort(signal, callback)
}

const exchange = async (ledger: EgressLedger, request: Request): Promise<Outcome> => {
  const aborted: { reason?: unknown } = bare({})
  whenAborted(request, (reason) => {
    aborted.reason = reason
  })
  const content = takeContent(request)
  // Waited for only where it is a stream: a request begins at once otherwise.
  const whole = content === undefined || !('chunks' in content) ? content : await collect(content)
  if ('reason' in aborted) return bare({ aborted: aborted.reason })
  const plain = toEgressRequest(request, whole)
  return new PromiseClass((resolve) => {
    const id = ledger.send(plain, (answer) => resolve(bare(answer)))
    whenAborted(request, (reason) => {
      ledger.abandon(id)
      resolve(bare({ aborted: reason }))
    })
  })
}

export const createFetch =
  (ledger: EgressLedger) =>
  async (input: unknown, init: unknown = undefined): Promise<Response> => {
    const outcome = await exchange(ledger, new Request(input, init))
    // Thrown here and not where it arrives: the stack then leads to the author's own `await`.
    if ('aborted' in outcome) throw outcome.aborted
    if (!outcome.ok) throw failed(outcome.message, outcome.code)
    return toResponse(outcome)
  }
