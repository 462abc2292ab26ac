/**
 * The requests of one run: counted, bounded in time, handed to the host's port and written down.
 *
 * - the sandbox process is not believed: count and concurrency are held here, whatever the guest kept to
 * - a request ends at its time limit whatever the port does, and with the run
 */
import type { EgressAnswer, EgressRequest } from '../bridge/egress.ts'
import { naming, type RunLimits } from '../limits.ts'
import { type Egress, type EgressCall, EgressError, type EgressResponse } from '../ports.ts'
import { toBody, toBytes } from './body.ts'
import type { EgressRecord } from './egress-record.ts'
import { exchange } from './exchange.ts'

export interface RunEgress {
  /** Never rejects. */
  send(request: EgressRequest): Promise<EgressAnswer>
  /** The author has given the request up. */
  abort(requestId: number): void
  /** Ends what is under way; answers what was asked for, in order. */
  end(): EgressRecord[]
}

interface Terms {
  tenant: string
  /** Whom the tenant may reach; without it, every public host. */
  hosts?: readonly string[]
  limits: RunLimits
}

/** A request that has not been answered yet. */
interface Pending {
  controller: AbortController
  record: EgressRecord
  startedAt: number
}

export const createRunEgress = (port: Egress, { tenant, hosts, limits }: Terms): RunEgress => {
  const records: EgressRecord[] = []
  const underWay = new Map<number, Pending>()
  let count = 0
  let isOver = false

  const refusalOf = ({ id }: EgressRequest): EgressError | undefined => {
    const { egressRequests, egressConcurrent } = limits
    if (isOver) return new EgressError('ERR_EGRESS_ABORTED', 'The run is over.')
    if (count > egressRequests) {
      const text = `A run may make at most ${egressRequests} requests ${naming('egressRequests', count)}.`
      return new EgressError('ERR_EGRESS_REQUESTS', text)
    }
    if (underWay.size >= egressConcurrent || underWay.has(id)) {
      const reached = naming('egressConcurrent', underWay.size + 1)
      const text = `At most ${egressConcurrent} requests of a run may be under way ${reached}.`
      return new EgressError('ERR_EGRESS_CONCURRENT', text)
    }
    return undefined
  }

  const transmit = async ({ id, ...request }: EgressRequest, pending: Pending): Promise<EgressAnswer> => {
    underWay.set(id, pending)
    const given = { ...toCall(request), tenant, maximumBytes: limits.egressBytes }
    const call = hosts ? { ...given, hosts } : given
    const outcome = await exchange(port, { call, timeoutMs: limits.egressMs, controller: pending.controller })
    if (underWay.delete(id)) note(pending, outcome)
    return toAnswer(outcome)
  }

  const giveUp = (id: number, text: string) => {
    const pending = underWay.get(id)
    if (!pending) return
    const reason = new EgressError('ERR_EGRESS_ABORTED', text)
    // At once: the author's next request may come with the same message.
    underWay.delete(id)
    note(pending, reason)
    pending.controller.abort(reason)
  }

  return {
    send: async (request) => {
      count += 1
      const pending = openPending(request)
      // The first one too many is written down, the flood behind it is not.
      if (!isOver && count <= limits.egressRequests + 1) records.push(pending.record)
      const refusal = refusalOf(request)
      if (!refusal) return transmit(request, pending)
      note(pending, refusal)
      return toAnswer(refusal)
    },
    abort: (requestId) => giveUp(requestId, 'The action gave the request up.'),
    end: () => {
      isOver = true
      for (const id of underWay.keys()) giveUp(id, 'The run ended before the answer came.')
      return records
    },
  }
}

const toCall = ({
  body,
  ...rest
}: Omit<EgressRequest, 'id'>): Omit<EgressCall, 'tenant' | 'maximumBytes' | 'signal'> =>
  body ? { ...rest, body: toBytes(body) } : rest

const openPending = ({ url, method, body }: EgressRequest): Pending => ({
  controller: new AbortController(),
  startedAt: performance.now(),
  record: { host: new URL(url).host, method, ms: 0, bytesIn: 0, bytesOut: body ? toBytes(body).byteLength : 0 },
})

const note = ({ record, startedAt }: Pending, outcome: EgressResponse | EgressError): void => {
  record.ms = Math.round(performance.now() - startedAt)
  if (outcome instanceof EgressError) {
    record.error = `${outcome.code}: ${outcome.message}`
    return
  }
  record.status = outcome.status
  record.bytesIn = outcome.body.byteLength
}

const toAnswer = (outcome: EgressResponse | EgressError): EgressAnswer =>
  outcome instanceof EgressError
    ? { ok: false, code: outcome.code, message: outcome.message }
    : { ok: true, ...outcome, body: toBody(outcome.body) }
