/** The stored tie of an authenticator to a user: what the vendor calls an authentication method. */
interface EnrollmentBase {
  /** `<type>|dev_` and 16 base62 characters. */
  id: string
  userId: string
  name?: string
  createdAt: number
  /** When a challenge was last passed with it. */
  lastAuthAt?: number
}

export type Enrollment = EnrollmentBase &
  (
    | {
        type: 'totp'
        /** Base32. Encrypted at rest. */
        secret: string
        /** RFC 6238 time step accepted last; a code of it or an earlier one is refused. */
        lastStep?: number
      }
    | { type: 'phone'; phoneNumber: string; preferredMethod: 'sms' | 'voice' }
    | { type: 'email'; email: string }
    | {
        type: 'webauthn-roaming' | 'webauthn-platform'
        /** Credential id, base64url. */
        credentialId: string
        /** COSE key, base64url. */
        publicKey: string
        counter: number
        transports: string[]
        relyingPartyId: string
      }
    | {
        /** What a user signs in with elsewhere: kept for whoever asks, and never asked for here. */
        type: 'passkey'
        credentialId: string
        publicKey: string
        transports: string[]
        relyingPartyId: string
        aaguid?: string
        deviceType?: 'single_device' | 'multi_device'
        isBackedUp?: boolean
        identityUserId?: string
        userAgent?: string
        userHandle?: string
      }
    | {
        type: 'recovery-code'
        /** SHA-256 of the normalised code, hex. Codes carry 120 random bits. */
        codeHash: string
      }
  )

export const enrollmentTypes = [
  'totp',
  'phone',
  'email',
  'webauthn-roaming',
  'webauthn-platform',
  'passkey',
  'recovery-code',
] as const satisfies readonly Enrollment['type'][]
export type EnrollmentType = Enrollment['type']
export type EnrollmentOf<Type extends EnrollmentType> = Extract<Enrollment, { type: Type }>

export type EnrollmentPatch = { name?: string; preferredMethod?: EnrollmentOf<'phone'>['preferredMethod'] }

export interface EnrollmentStore {
  /** `most` is how many the user may have then, as many as they come where it is absent. */
  add(tenant: string, enrollment: Enrollment, bound?: { most: number }): Promise<'added' | 'too-many'>
  find(tenant: string, userId: string, id: string): Promise<Enrollment | undefined>
  /** Whoever has it. */
  findById(tenant: string, id: string): Promise<Enrollment | undefined>
  /** In the order they were added. */
  list(tenant: string, userId: string): Promise<Enrollment[]>
  remove(tenant: string, userId: string, id: string): Promise<'removed' | 'unknown'>
  removeAll(tenant: string, userId: string): Promise<void>
  /**
   * In one transaction: nobody finds the user without either. `of` says which ones go. `most` refuses what would leave the
   * user with more than before, and more than so many.
   */
  replace(
    tenant: string,
    userId: string,
    exchange: { of: 'every-type' | EnrollmentType; by: readonly Enrollment[]; most?: number },
  ): Promise<'replaced' | 'too-many'>
  /** `preferredMethod` counts for phones only. */
  edit(tenant: string, userId: string, id: string, patch: EnrollmentPatch): Promise<Enrollment | undefined>
  /** One conditional write: wins only when `step` is later than the last one accepted (RFC 6238, 5.2). */
  consumeTotpStep(tenant: string, id: string, step: number, now: number): Promise<'consumed' | 'replayed'>
  /** One conditional write: wins only when the counter moves forward, or both are 0 (WebAuthn Level 3, 6.1.1). */
  advanceCounter(tenant: string, id: string, counter: number, now: number): Promise<'advanced' | 'replayed'>
  /** One conditional delete: a recovery code works once. */
  consumeRecoveryCode(tenant: string, userId: string, codeHash: string): Promise<'consumed' | 'unknown'>
  /** Notes a passed challenge for factors without a conditional write of their own. */
  touch(tenant: string, id: string, now: number): Promise<void>
}
