/** How a client shows who it is: HTTP Basic first, as RFC 6749 2.3.1 prefers it, else fields of the body. */
import type { FastifyRequest } from 'fastify'

export interface Credentials {
  clientId: string
  secret: string
}

/** Id and secret are form-encoded before they are joined (RFC 6749, 2.3.1). */
const decodePart = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

const fromBasic = (header: string | undefined): Credentials | undefined => {
  const encoded = /^Basic +(\S+)$/i.exec(header ?? '')?.[1]
  if (encoded === undefined) return undefined
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 0) return undefined
  const [clientId, secret] = [decodePart(text.slice(0, colon)), decodePart(text.slice(colon + 1))]
  return clientId === undefined || secret === undefined ? undefined : { clientId, secret }
}

export const credentialsOf = (
  request: FastifyRequest,
  body: { client_id?: string | undefined; client_secret?: string | undefined },
): Credentials | undefined => {
  const basic = fromBasic(request.headers.authorization)
  if (basic) return basic
  const { client_id: clientId, client_secret: secret } = body
  return clientId === undefined || secret === undefined ? undefined : { clientId, secret }
}
