/** Enrolments as the vendor's "authentication methods". */
import { z } from 'zod'
import type { Enrollment } from '../../../users/enrollment.ts'
import { toTimestamp } from '../timestamp.ts'

const way = z.object({ type: z.enum(['sms', 'voice']), id: z.string() })

export const methodAnswer = z
  .object({
    id: z.string(),
    type: z.string(),
    confirmed: z.boolean(),
    name: z.string().optional(),
    phone_number: z.string().optional(),
    preferred_authentication_method: z.enum(['sms', 'voice']).optional(),
    authentication_methods: z.array(way).optional(),
    email: z.string().optional(),
    key_id: z.string().optional(),
    public_key: z.string().optional().describe('COSE key, base64url'),
    relying_party_identifier: z.string().optional(),
    aaguid: z.string().optional(),
    credential_device_type: z.enum(['single_device', 'multi_device']).optional(),
    credential_backed_up: z.boolean().optional(),
    identity_user_id: z.string().optional(),
    user_agent: z.string().optional(),
    user_handle: z.string().optional(),
    transports: z.array(z.string()).optional(),
    created_at: z.string(),
    enrolled_at: z.string(),
    last_auth_at: z.string().optional(),
  })
  .meta({ id: 'AuthenticationMethod' })

export const newMethodAnswer = methodAnswer
  .extend({ totp_secret: z.string().optional().describe('Shown this once') })
  .meta({ id: 'NewAuthenticationMethod' })

const credentialOf = ({
  credentialId,
  publicKey,
  relyingPartyId,
}: {
  credentialId: string
  publicKey: string
  relyingPartyId: string
}) => ({ key_id: credentialId, public_key: publicKey, relying_party_identifier: relyingPartyId })

/** What only one type has. Seeds and codes are never read back. */
const detailsOf = (enrollment: Enrollment) => {
  switch (enrollment.type) {
    case 'phone':
      return {
        phone_number: enrollment.phoneNumber,
        preferred_authentication_method: enrollment.preferredMethod,
        authentication_methods: (['sms', 'voice'] as const).map((type) => ({ type, id: `${enrollment.id}|${type}` })),
      }
    case 'email':
      return { email: enrollment.email }
    case 'webauthn-roaming':
    case 'webauthn-platform':
      return credentialOf(enrollment)
    case 'passkey':
      return {
        ...credentialOf(enrollment),
        aaguid: enrollment.aaguid,
        credential_device_type: enrollment.deviceType,
        credential_backed_up: enrollment.isBackedUp,
        identity_user_id: enrollment.identityUserId,
        user_agent: enrollment.userAgent,
        user_handle: enrollment.userHandle,
        transports: enrollment.transports,
      }
    case 'totp':
    case 'recovery-code':
      return {}
  }
}

/** It is always confirmed: others are not stored. */
export const toMethodAnswer = (enrollment: Enrollment): z.input<typeof methodAnswer> => ({
  id: enrollment.id,
  type: enrollment.type,
  confirmed: true,
  name: enrollment.name,
  ...detailsOf(enrollment),
  created_at: toTimestamp(enrollment.createdAt),
  enrolled_at: toTimestamp(enrollment.createdAt),
  last_auth_at: enrollment.lastAuthAt === undefined ? undefined : toTimestamp(enrollment.lastAuthAt),
})
