import { type Egress, type EgressCall, EgressError } from '../../ports.ts'

/**
 * The way out of the author's own machine. Unlike a server's it is not guarded: it reaches what the machine reaches, such as
 * a server on `localhost`, because the code it carries is the author's own.
 */
export const realNetwork: Egress = {
  send: async (call) => {
    try {
      return await request(call)
    } catch (thrown) {
      throw thrown instanceof EgressError ? thrown : toEgressError(thrown)
    }
  },
}

const request = async ({ url, method, headers, body, redirect, signal, maximumBytes }: EgressCall) => {
  // biome-ignore lint/style/noRestrictedGlobals: there is no egress port below this one
  const response = await fetch(url, {
    method,
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    redirect,
    signal,
    ...(body && { body: body as Uint8Array<ArrayBuffer> }),
  })
  const bytes = new Uint8Array(await response.arrayBuffer())
  if (bytes.byteLength > maximumBytes) {
    const text = `The response has more than ${maximumBytes} bytes (limit "egressBytes", reached: ${bytes.byteLength} bytes).`
    throw new EgressError('ERR_EGRESS_BYTES', text)
  }
  const { status, statusText, redirected } = response
  return { status, statusText, url: response.url, redirected, headers: [...response.headers], body: bytes }
}

/** fetch hides the reason in `cause`. */
const toEgressError = (thrown: unknown): EgressError => {
  const { cause, code, message } = thrown as { cause?: unknown; code?: unknown; message?: unknown }
  if (cause instanceof Error) return toEgressError(cause)
  const name = typeof code === 'string' ? code : 'ERR_EGRESS_FAILED'
  return new EgressError(name, typeof message === 'string' && message !== '' ? message : name)
}
