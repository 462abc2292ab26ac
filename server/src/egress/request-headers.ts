/** What a request may carry. The rest is dropped without a word, as `fetch` does in a browser. */

type Headers = readonly (readonly [name: string, value: string])[]

/** By their lower-case names. */
const forbidden: Readonly<Record<string, string>> = {
  host: 'names the server by its URL only: another name could pass a check at the far side',
  connection: 'belongs to the connection',
  'keep-alive': 'belongs to the connection',
  'transfer-encoding': 'how a body is framed is not the author’s: request smuggling',
  'content-length': 'counted here',
  te: 'belongs to the connection',
  trailer: 'belongs to the connection',
  upgrade: 'a connection stays HTTP',
  expect: 'a request is sent in one go',
  via: 'speaks for proxies',
  'accept-encoding': 'only what can be decompressed and counted here',
}
const forbiddenPrefixes = ['proxy-', 'sec-']

/** Not for whoever a redirect leads to (RFC 9110, 15.4; fetch, HTTP-redirect fetch). */
const forTheOriginOnly = ['authorization', 'cookie']

const aboutTheBody = ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length']

const without = (headers: Headers, isDropped: (name: string) => boolean): Headers =>
  headers.filter(([name]) => !isDropped(name.toLowerCase()))

export const permittedHeaders = (headers: Headers): Headers =>
  without(
    headers,
    (name) => Object.hasOwn(forbidden, name) || forbiddenPrefixes.some((prefix) => name.startsWith(prefix)),
  )

export const headersForOtherOrigin = (headers: Headers): Headers =>
  without(headers, (name) => forTheOriginOnly.includes(name))

export const headersWithoutBody = (headers: Headers): Headers => without(headers, (name) => aboutTheBody.includes(name))
