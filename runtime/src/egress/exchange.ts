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
  const late = `The request took longer than ${timeoutMs} ms (limit "egressMs").`
  const timer = setTimeout(() => controller.abort(new EgressError('ERR_EGRESS_MS', late)), timeoutMs)
  try {
    return await Promise.race([port.send({ ...call, signal }), ended.promise])
  } catch (thrown) {
    const reason = signal.aborted ? signal.reason : thrown
    return reason instanceof EgressError ? reason : new EgressError('ERR_EGRESS_FAILED', 'The request failed.')
  } finally {
    clearTimeout(timer)
  }
}
