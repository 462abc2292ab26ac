/** Registers a security key or the device's own authenticator. No attestation is asked for: any make will do. */
import {
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { COSEALG } from '@simplewebauthn/server/helpers'
import { z } from 'zod'
import { displayNameOf } from '../tenants/tenant.ts'
import type { EnrollmentOf } from '../users/enrollment.ts'
import type { Enroller, EnrollerDeps } from './enroller.ts'
import { newEnrollment } from './enroller.ts'
import { enrollmentsOf } from './enrollments-of.ts'
import type { Subject } from './factor.ts'
import { isEnabled } from './guardian-name.ts'
import { parseJson } from './parse-json.ts'
import { relyingPartyOf } from './relying-party.ts'
import { type WebauthnType, webauthnPolicies } from './webauthn-policy.ts'

const begunCeremony = z.object({ challenge: z.string().min(1), options: z.string() })

/** The rest of the response is checked by the library, which throws on what it does not like. */
const ceremonyResponse = z.looseObject({ id: z.string(), response: z.looseObject({}) })

type Registered = Pick<EnrollmentOf<WebauthnType>, 'credentialId' | 'publicKey' | 'counter' | 'transports'>

/** What authenticators in use can sign with. Named here because the library would add what Node calls experimental. */
const supportedAlgorithmIDs = [COSEALG.EdDSA, COSEALG.ES256, COSEALG.RS256]

const attachments = { 'webauthn-roaming': 'cross-platform', 'webauthn-platform': 'platform' } as const

/** Both kinds: an authenticator that the user has registered already is not registered again as the other kind. */
const registered = (subject: Subject): EnrollmentOf<WebauthnType>[] => [
  ...enrollmentsOf(subject, 'webauthn-roaming'),
  ...enrollmentsOf(subject, 'webauthn-platform'),
]

const verifyRegistration = async (
  { tenant }: Subject,
  { type, challenge, response }: { type: WebauthnType; challenge: string; response: unknown },
): Promise<Registered | undefined> => {
  const { id, origin } = relyingPartyOf(tenant)
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: response as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      supportedAlgorithmIDs,
      requireUserVerification: webauthnPolicies[type].userVerification === 'required',
    })
    if (!verified) return undefined
    const { credential } = registrationInfo
    return {
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: credential.transports ?? [],
    }
  } catch {
    // The library reports every kind of wrong response by throwing; the user may try again either way.
    return undefined
  }
}

export const webauthnEnroller = (type: WebauthnType, deps: EnrollerDeps): Enroller => ({
  type,

  isOffered: (subject) => isEnabled(subject.tenant, type),

  begin: async (subject) => {
    const challenge = deps.random.token(32)
    const options = await generateRegistrationOptions({
      rpName: displayNameOf(subject.tenant),
      rpID: relyingPartyOf(subject.tenant).id,
      userName: subject.user.email ?? subject.user.username ?? subject.user.id,
      userID: new Uint8Array(Buffer.from(deps.random.token(32), 'base64url')),
      challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
      timeout: 5 * 60_000,
      supportedAlgorithmIDs,
      excludeCredentials: registered(subject).map(({ credentialId, transports }) => ({ id: credentialId, transports })),
      authenticatorSelection: {
        authenticatorAttachment: attachments[type],
        // The user is known when the credential is asked for: it need not take up room on the key.
        residentKey: 'discouraged',
        userVerification: webauthnPolicies[type].userVerification,
      },
    })
    return { challenge, options: JSON.stringify(options) }
  },

  confirm: async (subject, begun, answer) => {
    const ceremony = begunCeremony.safeParse(begun)
    const response = ceremonyResponse.safeParse(parseJson(answer.response))
    if (!ceremony.success || !response.success) return 'failed'
    const { challenge } = ceremony.data
    const credential = await verifyRegistration(subject, { type, challenge, response: response.data })
    if (!credential) return 'failed'
    if (registered(subject).some(({ credentialId }) => credentialId === credential.credentialId)) return 'failed'
    const relyingPartyId = relyingPartyOf(subject.tenant).id
    return { ...newEnrollment(deps, subject, type), ...credential, relyingPartyId }
  },

  view: (begun) => ({ kind: 'webauthn', type, options: begunCeremony.parse(begun).options }),
})
