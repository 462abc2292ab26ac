import type { Enrollment } from '../../../users/enrollment.ts'
import { toTimestamp } from '../timestamp.ts'

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
      return {
        key_id: enrollment.credentialId,
        public_key: enrollment.publicKey,
        relying_party_identifier: enrollment.relyingPartyId,
      }
    case 'totp':
    case 'recovery-code':
      return {}
  }
}

/** An enrolment as the vendor's "authentication method". It is always confirmed: others are not stored. */
export const toMethodAnswer = (enrollment: Enrollment) => ({
  id: enrollment.id,
  type: enrollment.type,
  confirmed: true,
  name: enrollment.name,
  ...detailsOf(enrollment),
  created_at: toTimestamp(enrollment.createdAt),
  enrolled_at: toTimestamp(enrollment.createdAt),
  last_auth_at: enrollment.lastAuthAt === undefined ? undefined : toTimestamp(enrollment.lastAuthAt),
})
