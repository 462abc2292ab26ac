/**
 * `client_authentication_methods` of an application: that it proves itself by assertions, and which of its keys count.
 * Excludes `token_endpoint_auth_method`, which says the same of secrets.
 */
import { z } from 'zod'
import type { Client } from '../../../clients/client.ts'
import { mostCredentials } from '../../../clients/client-credential.ts'
import type { Clock, Random } from '../../../ports.ts'
import { invalidBody } from '../../wire-problem.ts'
import { addCredentials, newCredential, toCredential } from './credential-schema.ts'

const methods = <Item extends z.ZodType>(item: Item) =>
  z.strictObject({ private_key_jwt: z.strictObject({ credentials: z.array(item).min(1).max(mostCredentials) }) })

export const createMethods = methods(newCredential)
  .nullish()
  .describe('In place of a secret: the public keys of its assertions')
export const editMethods = methods(z.strictObject({ id: z.string() }))
  .nullish()
  .describe('Which of its credentials count, in place of its secret; null: its secret again')
export const shownMethods = z.object({
  private_key_jwt: z.object({ credentials: z.array(z.object({ id: z.string() })) }),
})

export const toMethodsAnswer = (ids: readonly string[]): z.infer<typeof shownMethods> => ({
  private_key_jwt: { credentials: ids.map((id) => ({ id })) },
})

type Proof = Pick<Client, 'credentials' | 'assertionCredentials'>

const place = 'client_authentication_methods'

/** `authMethod` as it is after the call. */
const requireOneWay = (authMethod: unknown, ids: readonly string[] | undefined): void => {
  if (!authMethod || !ids) return
  throw invalidBody(`${place} and token_endpoint_auth_method exclude each other: set the other to null`, place)
}

export const createdProof = (
  {
    client_authentication_methods: wanted,
    token_endpoint_auth_method: authMethod,
  }: {
    client_authentication_methods?: z.infer<typeof createMethods> | undefined
    token_endpoint_auth_method?: string | null | undefined
  },
  { random, clock }: { random: Random; clock: Clock },
): Proof => {
  if (!wanted) return {}
  const made = wanted.private_key_jwt.credentials.map((one, index) =>
    toCredential(one, { random, now: clock.now(), path: `${place}.private_key_jwt.credentials[${index}].pem` }),
  )
  const ids = made.map(({ id }) => id)
  requireOneWay(authMethod, ids)
  return { credentials: addCredentials({}, made), assertionCredentials: ids }
}

export const editedProof = (
  {
    client_authentication_methods: wanted,
    token_endpoint_auth_method: authMethod,
  }: {
    client_authentication_methods?: z.infer<typeof editMethods> | undefined
    token_endpoint_auth_method?: string | null | undefined
  },
  stored: Client,
): { assertionCredentials: string[] | undefined } => {
  const ids =
    wanted === undefined ? stored.assertionCredentials : wanted?.private_key_jwt.credentials.map(({ id }) => id)
  requireOneWay(authMethod === undefined ? stored.authMethod : authMethod, ids)
  const known = stored.credentials?.map(({ id }) => id) ?? []
  for (const [index, id] of (ids ?? []).entries()) {
    const path = `${place}.private_key_jwt.credentials[${index}].id`
    if (!known.includes(id)) throw invalidBody('The client has no such credential', path)
  }
  return { assertionCredentials: ids }
}
