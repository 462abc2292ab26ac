/**
 * Text messages and calls by the operator's own gateway: `POST {tenant, to, via, text, provider?}` as JSON, answered with any 2xx.
 * One attempt: the user can ask for another code, and a late second message would only confuse.
 */
import type { PhoneSender } from '../ports.ts'

const timeoutMs = 10_000

export const createPhoneWebhook = (url: string): PhoneSender => ({
  send: async (tenant, { to, via, text, provider }) => {
    // biome-ignore lint/style/noRestrictedGlobals: the operator names this address; the egress rules are for what tenants name
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ tenant, to, via, text, provider }),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    })
    await response.body?.cancel()
    if (!response.ok) throw new Error(`The phone gateway answered with status ${response.status}.`)
  },
})
