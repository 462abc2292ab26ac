/** The management API of a server, for a client with its id and secret. */

export interface Credentials {
  client_id: string
  client_secret: string
}

export class RefusedRequest extends Error {
  override name = 'RefusedRequest'
  readonly status: number

  constructor(request: string, status: number, text: string) {
    super(`${request} was answered with ${status}: ${messageIn(text)}`)
    this.status = status
  }
}

export interface JsonApi {
  /** Rejects with a `RefusedRequest` unless the answer is a 2xx. `path` is behind `/api/v2`. */
  call<Body>(method: string, path: string, body?: unknown): Promise<Body>
  /** The same for an answer that goes on, as it comes. */
  open(path: string, signal: AbortSignal): Promise<ReadableStream<Uint8Array>>
}

/** The token is fetched at the first call, and again when the server takes it no longer. */
export const createJsonApi = (origin: string, credentials: Credentials): JsonApi => {
  let token: string | undefined

  const send = async <Body>(method: string, url: string, body?: unknown): Promise<Body> => {
    // biome-ignore lint/style/noRestrictedGlobals: the author's own tool talks to the author's own server
    const response = await fetch(url, {
      method,
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new RefusedRequest(`${method} ${new URL(url).pathname}`, response.status, text)
    return (text === '' ? undefined : JSON.parse(text)) as Body
  }

  const login = async () => {
    token = undefined
    const grant = { grant_type: 'client_credentials', ...credentials, audience: `${origin}/api/v2/` }
    const { access_token } = await send<{ access_token: string }>('POST', `${origin}/oauth/token`, grant)
    token = access_token
  }

  const withToken = async <Result>(attempt: () => Promise<Result>): Promise<Result> => {
    if (token === undefined) await login()
    else {
      try {
        return await attempt()
      } catch (error) {
        if (!(error instanceof RefusedRequest) || error.status !== 401) throw error
        await login()
      }
    }
    return attempt()
  }

  const stream = async (url: string, signal: AbortSignal) => {
    // biome-ignore lint/style/noRestrictedGlobals: the author's own tool talks to the author's own server
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal })
    if (response.ok && response.body) return response.body
    throw new RefusedRequest(`GET ${new URL(url).pathname}`, response.status, await response.text())
  }

  return {
    call: (method, path, body) => withToken(() => send(method, `${origin}/api/v2${path}`, body)),
    open: (path, signal) => withToken(() => stream(`${origin}/api/v2${path}`, signal)),
  }
}

const messageIn = (text: string): string => {
  try {
    const { message } = JSON.parse(text)
    return typeof message === 'string' ? message : text.slice(0, 300)
  } catch {
    return text.slice(0, 300)
  }
}
