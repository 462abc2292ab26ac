/** The network as a run sees it: the globals, and their end of the door. */
import { createEgressLedger } from './egress-ledger.ts'
import { createFetch } from './fetch.ts'
import { Headers } from './headers.ts'
import { named } from './named.ts'
import { Request } from './request.ts'
import { Response } from './response.ts'

/** What is to be sent, and what has come back. One of them for all that a run sends. */
export const ledger = createEgressLedger()

export { toSendable } from './sendable.ts'

export const globals = named({ fetch: createFetch(ledger), Headers, Request, Response })
