/**
 * A security key (`webauthn-roaming`) or the device's own authenticator (`webauthn-platform`).
 *
 * - only credentials of this type, made for the tenant's domain, are asked for and accepted
 * - the challenge is kept with the transaction: a response answers this question or none
 * - a signature counter that does not move forward means a cloned authenticator, and fails
 */
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server'
import { z } from 'zod'
import type { Clock, Random } from '../ports.ts'
import type { EnrollmentOf, EnrollmentStore } from '../users/enrollment.ts'
import { enrollmentsOf } from './enrollments-of.ts'
import type { Begun, Factor, Subject } from './factor.ts'
import { isEnabled } from './guardian-name.ts'
import { parseJson } from './parse-json.ts'
import { relyingPartyOf } from './relying-party.ts'
import { type WebauthnType, webauthnPolicies } from './webauthn-policy.ts'

export type WebauthnDeps = {
  clock: Clock
  random: Pick<Random, 'token'>
  enrollments: Pick<EnrollmentStore, 'advanceCounter'>
}

const begunCeremony = z.object({ challenge: z.string().min(1), options: z.string() })

/** The rest of the response is checked by the library, which throws on what it does not like. */
const ceremonyResponse = z.looseObject({ id: z.string(), response: z.looseObject({}) })

const credentialsOf = (subject: Subject, type: WebauthnType): EnrollmentOf<WebauthnType>[] => {
  const { id } = relyingPartyOf(subject.tenant)
  return enrollmentsOf(subject, type).filter(({ relyingPartyId }) => relyingPartyId === id)
}

/** The counter that the authenticator signed; `undefined` when the response proves nothing. */
const signedCounter = async (
  subject: Subject,
  { credential, challenge, response }: { credential: EnrollmentOf<WebauthnType>; challenge: string; response: unknown },
): Promise<number | undefined> => {
  const { id, origin } = relyingPartyOf(subject.tenant)
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as AuthenticationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      credential: {
        id: credential.credentialId,
        publicKey: new Uint8Array(Buffer.from(credential.publicKey, 'base64url')),
        counter: credential.counter,
      },
      requireUserVerification: webauthnPolicies[credential.type].userVerification === 'required',
    })
    return verified ? authenticationInfo.newCounter : undefined
  } catch {
    // The library reports every kind of wrong response by throwing; the user may try again either way.
    return undefined
  }
}

export const webauthn = (type: WebauthnType, { clock, random, enrollments }: WebauthnDeps): Factor => ({
  type,

  isUsable: (subject) => isEnabled(subject.tenant, type) && credentialsOf(subject, type).length > 0,

  begin: async (subject): Promise<Begun> => {
    const challenge = random.token(32)
    const options = await generateAuthenticationOptions({
      rpID: relyingPartyOf(subject.tenant).id,
      challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
      allowCredentials: credentialsOf(subject, type).map(({ credentialId, transports }) => ({
        id: credentialId,
        transports,
      })),
      timeout: 5 * 60_000,
      userVerification: webauthnPolicies[type].userVerification,
    })
    return { challenge, options: JSON.stringify(options) }
  },

  verify: async (subject, begun, answer) => {
    const ceremony = begunCeremony.safeParse(begun)
    const response = ceremonyResponse.safeParse(parseJson(answer.response))
    if (!ceremony.success || !response.success) return 'failed'
    const credential = credentialsOf(subject, type).find(({ credentialId }) => credentialId === response.data.id)
    if (!credential) return 'failed'

    const { challenge } = ceremony.data
    const counter = await signedCounter(subject, { credential, challenge, response: response.data })
    if (counter === undefined) return 'failed'
    const written = await enrollments.advanceCounter(subject.tenant.name, credential.id, counter, clock.now())
    return written === 'advanced' ? 'passed' : 'failed'
  },

  view: (_subject, begun) => ({ kind: 'webauthn', factor: type, options: begunCeremony.parse(begun).options }),
})
