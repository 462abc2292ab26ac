/** The network of one run: what the test answers, and what is left to the real one where the test allows it. */
import { type Egress, type EgressCall, EgressError, type EgressResponse } from '../../ports.ts'
import { toEgressResponse } from './mocked-response.ts'
import { realNetwork } from './real-network.ts'
import { answerOf, type MockedFetch, namesOf } from './routes.ts'
import { type SentRequest, toSentRequest } from './sent-request.ts'

export interface NetworkOptions {
  /** What answers the action's requests. */
  fetch?: MockedFetch
  /** What becomes of a request without an answer. `mocked`, the default: the test fails. `real`: it is sent. */
  network?: 'mocked' | 'real'
}

export interface TestNetwork {
  egress: Egress
  /** Every request, in order. */
  requests: SentRequest[]
  /** Throws when the action has asked for something that this test has no answer to. */
  assertNothingUnexpected(): void
}

/** The action has made a request that its test says nothing about. */
export class UnexpectedRequestError extends Error {
  override name = 'UnexpectedRequestError'
}

export const createTestNetwork = ({ fetch: mocked, network = 'mocked' }: NetworkOptions): TestNetwork => {
  const requests: SentRequest[] = []
  const unexpected: SentRequest[] = []
  /** The test's own mistakes, such as a route that throws. */
  const faults: unknown[] = []

  const answer = async (call: EgressCall, request: SentRequest): Promise<EgressResponse> => {
    const given = mocked && (await answerOf(mocked, request))
    if (given !== undefined) return toEgressResponse(given, call)
    if (network === 'real') return realNetwork.send(call)
    unexpected.push(request)
    throw new EgressError('ERR_EGRESS_UNEXPECTED', `The test has no answer to ${request.method} ${request.url}.`)
  }

  return {
    requests,
    egress: {
      send: async (call) => {
        const request = toSentRequest(call)
        requests.push(request)
        try {
          const response = await answer(call, request)
          request.status = response.status
          return response
        } catch (thrown) {
          if (!(thrown instanceof EgressError)) faults.push(thrown)
          const error = thrown instanceof EgressError ? thrown : new EgressError('ERR_EGRESS_FAILED', String(thrown))
          request.error = `${error.code}: ${error.message}`
          throw error
        }
      },
    },
    assertNothingUnexpected: () => {
      if (faults.length > 0) throw faults[0]
      if (unexpected.length > 0) throw new UnexpectedRequestError(describe(unexpected, namesOf(mocked)))
    },
  }
}

const describe = (requests: readonly SentRequest[], routes: readonly string[]): string => {
  const list = (lines: readonly string[]) => lines.map((line) => `\n  ${line}`).join('')
  const asked = list(requests.map(({ method, url }) => `${method} ${url}`))
  const known = routes.length === 0 ? '' : `\nRoutes of this test:${list(routes)}`
  return `The action made a request that this test has no answer to:${asked}${known}\nAdd a route to \`fetch\`, or let it go out with \`network: 'real'\`.`
}
