/**
 * The way out for actions.
 *
 * - http and https only, to hosts on the tenant's list where there is one, and to addresses that may be reached
 * - redirects are followed here and not by the HTTP client: each hop is checked like the first
 * - every hop has a connection of its own, which ends with it: nothing of one run or tenant can be met by another
 * - no proxy of the environment is used, and no cookie kept
 */
import { type Egress, type EgressCall, EgressError, type EgressResponse } from '@interlock/runtime'
import { Client, fetch } from 'undici'
import type { Guard } from './checked-addresses.ts'
import { createGuardedConnect } from './guarded-connect.ts'
import { firstHop, type Hop, isRedirect, nextHop } from './hop.ts'
import { isListed } from './host-list.ts'
import { readBody } from './read-body.ts'

const maximumRedirects = 5
const maximumHeaderBytes = 16_384

/** fetch hides the reason in `cause`, and a connection that failed at several addresses hides it deeper still. */
const toEgressError = (thrown: unknown): EgressError => {
  if (thrown instanceof EgressError) return thrown
  const { cause, code, message } = thrown as { cause?: unknown; code?: unknown; message?: unknown }
  if (cause instanceof Error) return toEgressError(cause)
  const name = typeof code === 'string' ? code : 'ERR_EGRESS_FAILED'
  return new EgressError(name, typeof message === 'string' && message !== '' ? message.slice(0, 512) : name)
}

const checkHost = ({ url }: Hop, hosts: EgressCall['hosts']): void => {
  if (hosts && !isListed(url, hosts))
    throw new EgressError('ERR_EGRESS_HOST', `${url.host} is not among the hosts this tenant may reach.`)
}

type Answer = Omit<EgressResponse, 'url' | 'redirected'>

export const createEgress = (guard: Guard): Egress => {
  const connect = createGuardedConnect(guard)

  const request = async ({ url, method, headers, body }: Hop, call: EgressCall): Promise<Answer> => {
    const dispatcher = new Client(url.origin, { connect, maxHeaderSize: maximumHeaderBytes })
    try {
      const response = await fetch(url, {
        dispatcher,
        method,
        headers: headers.map(([name, value]) => [name, value] as [string, string]),
        redirect: 'manual',
        credentials: 'omit',
        signal: call.signal,
        ...(body && { body }),
      })
      return {
        status: response.status,
        statusText: response.statusText,
        headers: [...response.headers],
        body: await readBody(response.body, call.maximumBytes),
      }
    } finally {
      await dispatcher.destroy()
    }
  }

  const follow = async (call: EgressCall): Promise<EgressResponse> => {
    const { method, url, headers, body } = call
    let hop = firstHop({ method, url, headers, ...(body && { body }) })
    for (let redirects = 0; ; redirects++) {
      checkHost(hop, call.hosts)
      const answer = await request(hop, call)
      const location = answer.headers.find(([name]) => name === 'location')?.[1]
      const isFinal = call.redirect === 'manual' || !isRedirect(answer.status) || location === undefined
      if (isFinal) return { ...answer, url: hop.url.href, redirected: redirects > 0 }
      if (call.redirect === 'error') throw new EgressError('ERR_EGRESS_REDIRECT', 'unexpected redirect')
      if (redirects === maximumRedirects)
        throw new EgressError('ERR_EGRESS_REDIRECT', `More than ${maximumRedirects} redirects.`)
      hop = nextHop(hop, answer.status, location)
    }
  }

  return {
    send: (call) =>
      follow(call).catch((thrown: unknown) => {
        throw toEgressError(thrown)
      }),
  }
}
