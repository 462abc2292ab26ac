import { naming } from '../limits.ts'
import { type Egress, type EgressCall, EgressError, type EgressResponse } from '../ports.ts'

interface Exchange {
  call: Omit<EgressCall, 'signal'>
  timeoutMs: number
  /** Aborting it with an `EgressError` ends the exchange with that error. */
  controller: AbortController
}

/** Sends one call under its time limit. A port that ignores its signal is not waited for. */
export const exchange = async (
  port: Egress,
  { call, timeoutMs, controller }: Exchange,
): Promise<EgressResponse | EgressError> => {
  const { signal } = controller
  const ended = Promise.withResolvers<never>()
  signal.addEventListener('abort', () => ended.reject(signal.reason), { once: true })
  const startedAt = performance.now()
  const giveUp = () => {
    const reached = naming('egressMs', performance.now() - startedAt)
    controller.abort(new EgressError('ERR_EGRESS_MS', `The request took longer than ${timeoutMs} ms ${reached}.`))
  }
  const timer = setTimeout(giveUp, timeoutMs)
  try {
    return await Promise.race([port.send({ ...call, signal }), ended.promise])
  } catch (thrown) {
    const reason = signal.aborted ? signal.reason : thrown
    return reason instanceof EgressError ? reason : new EgressError('ERR_EGRESS_FAILED', 'The request failed.')
  } finally {
    clearTimeout(timer)
  }
}
