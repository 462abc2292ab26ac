/** Registers an authenticator app: it scans or types a new secret, and shows that it did by a first code. */
import { generateURI, ScureBase32Plugin } from 'otplib'
import { z } from 'zod'
import { displayNameOf } from '../tenants/tenant.ts'
import type { Enroller, EnrollerDeps } from './enroller.ts'
import { newEnrollment } from './enroller.ts'
import { isEnabled } from './guardian-name.ts'
import { otpStepOf } from './otp.ts'

/** As long as a SHA-1 key should be (RFC 4226, 4). */
const secretBytes = 20
const base32 = new ScureBase32Plugin()

const begunTotp = z.object({ secret: z.string().min(1), uri: z.string() })

export const totpEnroller = (deps: EnrollerDeps): Enroller => ({
  type: 'totp',

  isOffered: (subject) => isEnabled(subject.tenant, 'otp'),

  begin: async ({ tenant, user }) => {
    const secret = base32.encode(Buffer.from(deps.random.token(secretBytes), 'base64url'), { padding: false })
    const label = user.email ?? user.username ?? user.id
    return { secret, uri: generateURI({ issuer: displayNameOf(tenant), label, secret }) }
  },

  confirm: async (subject, begun, answer) => {
    const totp = begunTotp.safeParse(begun)
    if (!totp.success) return 'failed'
    const { secret } = totp.data
    const step = await otpStepOf(secret, answer.code, deps.clock.now())
    if (step === undefined) return 'failed'
    // The confirming code is used up with it.
    return { ...newEnrollment(deps, subject, 'totp'), secret, lastStep: step }
  },

  view: (begun) => ({ kind: 'totp', ...begunTotp.parse(begun) }),
})
