/** JSON over HTTP with a bearer token: the way any client of the product talks to it. */

export class RefusedRequest extends Error {
  readonly status: number
  constructor(request: string, { status, body }: { status: number; body: string }) {
    super(`${request} was answered with ${status}: ${body.slice(0, 300)}`)
    this.status = status
  }
}

export interface JsonApi {
  get<Body>(path: string): Promise<Body>
  post<Body>(path: string, body?: unknown): Promise<Body>
  put<Body>(path: string, body: unknown): Promise<Body>
  patch<Body>(path: string, body: unknown): Promise<Body>
  remove(path: string): Promise<void>
}

/** Every method rejects with `RefusedRequest` unless the answer is a 2xx. */
export const jsonApi = (baseUrl: string, token?: string): JsonApi => {
  const send = async (method: string, path: string, body?: unknown) => {
    const headers = {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    }
    const response = await fetch(baseUrl + path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    })
    const text = await response.text()
    if (!response.ok) throw new RefusedRequest(`${method} ${path}`, { status: response.status, body: text })
    return text === '' ? undefined : JSON.parse(text)
  }
  return {
    get: (path) => send('GET', path),
    post: (path, body) => send('POST', path, body),
    put: (path, body) => send('PUT', path, body),
    patch: (path, body) => send('PATCH', path, body),
    remove: (path) => send('DELETE', path),
  }
}
