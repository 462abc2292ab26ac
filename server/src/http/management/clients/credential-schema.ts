/** Public keys of an application, as `/clients` and `/clients/{id}/credentials` take and give them. */
import { z } from 'zod'
import type { Client } from '../../../clients/client.ts'
import {
  type ClientCredential,
  credentialAlgorithms,
  kidOf,
  mostCredentials,
} from '../../../clients/client-credential.ts'
import { parsePublicKey } from '../../../clients/public-key.ts'
import type { Random } from '../../../ports.ts'
import { badRequest, conflict, invalidBody } from '../../wire-problem.ts'
import { toTimestamp } from '../timestamp.ts'

const alg = z.enum(credentialAlgorithms)
/** Nobody has its private half. */
const examplePem = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtN0yTm+li4zn9GuLoaNu
H/LoOJRESkdpwBvLBPtoA9ZtTR3Ycb11IbfVmwn+TUSLp7cuBSuhrutwXnoFyEiw
by9F/Q1Ls/eVibsUIpUbzUhgq2eC919dugBa2LMTkP2gp9TSNHaLQH34Ixx7EKpc
buwlE5xOn2hm7l/+cR2g8EJZ1Mns3M7wbDFOjBioEESndqIfPQCJCu6CR4jytSxz
PJqnIvXWuwPX9dqm4qDhe2hlZOXuZ3suLuKpgErWqGviA+oiVcEO9v2rBGTko1i+
Rfq/mO8VPqnghYDiPEnP0RmayHA7S1aWCPzogKeZZUq0hdfd9hvho7YTGa9kbIIy
UQIDAQAB
-----END PUBLIC KEY-----
`
const time = z.iso.datetime({ offset: true })

export const newCredential = z.strictObject({
  credential_type: z.literal('public_key').describe('Certificates of TLS connections prove nothing here'),
  pem: z
    .string()
    .min(1)
    .max(16_384)
    .describe('A public RSA key (SPKI or PKCS1) or a certificate')
    .meta({ examples: [examplePem] }),
  name: z.string().max(128).optional(),
  alg: alg.optional().describe('RS256 where it is absent'),
  kid: z
    .string()
    .regex(/^[0-9a-zA-Z\-_]{10,64}$/)
    .optional(),
  expires_at: time.optional(),
  parse_expiry_from_cert: z.boolean().optional().describe('Ends with its certificate'),
})
type NewCredential = z.infer<typeof newCredential>

/** `null` takes the end away. */
export const editCredential = z.strictObject({ expires_at: time.nullish() })

export const credential = z
  .object({
    id: z.string(),
    name: z.string().optional(),
    kid: z.string(),
    alg,
    credential_type: z.literal('public_key'),
    created_at: z.string(),
    updated_at: z.string(),
    expires_at: z.string().optional(),
  })
  .meta({ id: 'ClientCredential' })

export const toCredentialAnswer = (stored: ClientCredential): z.infer<typeof credential> => ({
  id: stored.id,
  ...(stored.name !== undefined && { name: stored.name }),
  kid: stored.kid,
  alg: stored.alg,
  credential_type: 'public_key',
  created_at: toTimestamp(stored.createdAt),
  updated_at: toTimestamp(stored.updatedAt),
  ...(stored.expiresAt !== undefined && { expires_at: toTimestamp(stored.expiresAt) }),
})

const endOf = (body: NewCredential, validUntil: number | undefined): number | undefined => {
  if (!body.parse_expiry_from_cert) return body.expires_at === undefined ? undefined : Date.parse(body.expires_at)
  if (body.expires_at !== undefined) {
    throw invalidBody('expires_at and parse_expiry_from_cert exclude each other', 'expires_at')
  }
  if (validUntil === undefined) throw invalidBody('Only a certificate has an end of its own', 'parse_expiry_from_cert')
  return validUntil
}

/** `path` is where the key stands in the body. */
export const toCredential = (
  body: NewCredential,
  { random, now, path = 'pem' }: { random: Pick<Random, 'base62'>; now: number; path?: string },
): ClientCredential => {
  const key = parsePublicKey(body.pem)
  if ('refused' in key) throw invalidBody(key.refused, path)
  const expiresAt = endOf(body, key.validUntil)
  return {
    id: `cred_${random.base62(22)}`,
    kid: body.kid ?? kidOf(key),
    ...(body.name !== undefined && { name: body.name }),
    alg: body.alg ?? 'RS256',
    publicKey: key.spki,
    ...(expiresAt !== undefined && { expiresAt }),
    createdAt: now,
    updatedAt: now,
  }
}

export const addCredentials = (
  { credentials = [] }: Pick<Client, 'credentials'>,
  added: readonly ClientCredential[],
): ClientCredential[] => {
  const all = [...credentials, ...added]
  if (all.length > mostCredentials) throw badRequest(`A client may have ${mostCredentials} credentials.`)
  if (new Set(all.map(({ kid }) => kid)).size < all.length) {
    throw conflict('A credential of this client with this kid exists already.')
  }
  return all
}
