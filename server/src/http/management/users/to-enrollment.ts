/** An authentication method that the caller vouches for, as an enrolment. */
import { relyingPartyOf } from '../../../factors/relying-party.ts'
import type { Clock, Random } from '../../../ports.ts'
import type { Tenant } from '../../../tenants/tenant.ts'
import type { Enrollment, EnrollmentType } from '../../../users/enrollment.ts'
import type { CreateMethod } from './method-schema.ts'

export const newMethodId = (random: Pick<Random, 'base62'>, type: EnrollmentType): string =>
  `${type}|dev_${random.base62(16)}`

type Credential = Pick<Extract<CreateMethod, { type: 'passkey' }>, 'key_id' | 'public_key' | 'relying_party_identifier'>

const credentialOf = ({ key_id, public_key, relying_party_identifier }: Credential, tenant: Tenant) => ({
  credentialId: key_id,
  publicKey: public_key,
  relyingPartyId: relying_party_identifier ?? relyingPartyOf(tenant).id,
})

/** Only what is there. */
const present = <Fields extends object>(fields: Fields): { [Name in keyof Fields]?: NonNullable<Fields[Name]> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Fields]?: NonNullable<Fields[Name]>
  }

const factsOf = (body: CreateMethod, tenant: Tenant) => {
  switch (body.type) {
    case 'totp':
      return { type: body.type, secret: body.totp_secret.replace(/=+$/, '') }
    case 'phone':
      return { type: body.type, phoneNumber: body.phone_number, preferredMethod: body.preferred_authentication_method }
    case 'email':
      return { type: body.type, email: body.email }
    case 'webauthn-roaming':
      return { type: body.type, ...credentialOf(body, tenant), counter: 0, transports: [] }
    case 'passkey':
      return {
        type: body.type,
        ...credentialOf(body, tenant),
        transports: body.transports,
        ...present({
          aaguid: body.aaguid,
          deviceType: body.credential_device_type,
          isBackedUp: body.credential_backed_up,
          identityUserId: body.identity_user_id,
          userAgent: body.user_agent,
          userHandle: body.user_handle,
        }),
      }
  }
}

export const toEnrollment = (
  { random, clock }: { random: Pick<Random, 'base62'>; clock: Clock },
  { tenant, userId }: { tenant: Tenant; userId: string },
  body: CreateMethod,
): Enrollment => ({
  id: newMethodId(random, body.type),
  userId,
  ...(body.name !== undefined && { name: body.name }),
  createdAt: clock.now(),
  ...factsOf(body, tenant),
})
