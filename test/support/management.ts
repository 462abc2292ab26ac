/** The APIs of a running server, as a tenant's own scripts would call them. */
import { request } from 'undici'

export interface ApiAnswer<Body = Record<string, unknown>> {
  status: number
  body: Body
}

export interface Api {
  call<Body = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<ApiAnswer<Body>>
  /** Like `call`, but rejects unless the answer is a 2xx. */
  must<Body = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Body>
}

interface Endpoint {
  port: number
  host: string
  token: string
}

export const createApi = ({ port, host, token }: Endpoint): Api => {
  const call: Api['call'] = async <Body>(method: string, path: string, body?: unknown) => {
    const response = await request(`http://127.0.0.1:${port}${path}`, {
      method: method as 'GET',
      headers: {
        host,
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.body.text()
    const isJson = String(response.headers['content-type']).startsWith('application/json')
    return { status: response.statusCode, body: (isJson ? JSON.parse(text) : {}) as Body }
  }
  return {
    call,
    async must<Body>(method: string, path: string, body?: unknown) {
      const answer = await call<Body>(method, path, body)
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
      return answer.body
    },
  }
}

/** A management token by client credentials, in the form the vendor's clients send. */
export const managementToken = async (
  site: Omit<Endpoint, 'token'>,
  client: { client_id: string; client_secret: string; scope?: string },
): Promise<string> => {
  const response = await request(`http://127.0.0.1:${site.port}/oauth/token`, {
    method: 'POST',
    headers: { host: site.host, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      ...client,
      audience: `http://${site.host}/api/v2/`,
    }).toString(),
  })
  const answer = (await response.body.json()) as { access_token?: string }
  if (!answer.access_token) throw new Error(`No token: ${response.statusCode} ${JSON.stringify(answer)}`)
  return answer.access_token
}
