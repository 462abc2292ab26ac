import { type Claims, readToken as read } from '../isolate/token.ts'

/** The claims of a token that an action has made by `encodeToken`. Throws unless it was signed with the secret. */
export const readToken = (token: string | null | undefined, secret: string): Claims => {
  const result = read(token ?? '', secret)
  if (!result.ok) throw new Error(`The token is invalid: ${result.reason}`)
  return result.claims
}
