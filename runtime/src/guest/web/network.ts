/** The network as a run sees it: the globals, and their end of the door. */
import { AbortController } from './abort-controller.ts'
import { AbortSignal } from './abort-signal.ts'
import { DOMException } from './dom-exception.ts'
import { createEgressLedger } from './egress-ledger.ts'
import { createFetch } from './fetch.ts'
import { Headers } from './headers.ts'
import { Request } from './request.ts'
import { Response } from './response.ts'
import { TextDecoder, TextEncoder } from './text-coding.ts'
import { URL } from './url.ts'
import { URLSearchParams } from './url-search-params.ts'

/** What is to be sent, and what has come back. One of them for all that a run sends. */
export const ledger = createEgressLedger()

export { toSendable } from './sendable.ts'

export const globals = {
  fetch: createFetch(ledger),
  Headers,
  Request,
  Response,
  AbortController,
  AbortSignal,
  DOMException,
  TextEncoder,
  TextDecoder,
  URL,
  URLSearchParams,
}
