/** The network as a run sees it: the globals, and their end of the door. Part of the context before there is a run. */
import type { HostCall } from '../host-call.ts'
import { AbortController } from './abort-controller.ts'
import { AbortSignal, bindSignals } from './abort-signal.ts'
import { bindBase64 } from './base64.ts'
import { DOMException } from './dom-exception.ts'
import { createEgressLedger, type EgressChanges } from './egress-ledger.ts'
import { createFetch } from './fetch.ts'
import { Headers } from './headers.ts'
import { bindRequests, Request } from './request.ts'
import { Response } from './response.ts'
import { TextDecoder, TextEncoder } from './text-coding.ts'
import { bindUrls, URL } from './url.ts'
import { URLSearchParams } from './url-search-params.ts'

export interface Beginning {
  concurrent: number
  callHost: HostCall
  /** Told what listeners of signals throw. */
  report(error: unknown): void
  startTimer(callback: () => void, delayMs: unknown): void
}

export interface Network {
  globals: Record<string, unknown>
  /** Before it nothing is sent. */
  begin(beginning: Beginning): void
  settle(id: number, answerJson: string): void
  collectRequests(): EgressChanges
}

export const createNetwork = (): Network => {
  const ledger = createEgressLedger()
  const fetch = createFetch(ledger)
  return {
    globals: {
      fetch,
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
    },
    begin: ({ concurrent, callHost, report, startTimer }) => {
      ledger.allow(concurrent)
      bindBase64()
      bindSignals({ report, startTimer })
      bindUrls(callHost)
      bindRequests((url) => callHost({ call: 'url.resolve', url }))
    },
    settle: ledger.settle,
    collectRequests: ledger.collectChanges,
  }
}
