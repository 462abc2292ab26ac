/** What each kind of authenticator has to prove beyond its possession. */
export const webauthnPolicies = {
  'webauthn-roaming': {
    userVerification: 'discouraged',
    reason: 'The key is the second proof after the mailbox; keys without a PIN or fingerprint reader must do.',
  },
  'webauthn-platform': {
    userVerification: 'required',
    reason: 'The device at hand may lie open on a desk: it has to see its owner (PIN, face or finger).',
  },
} as const

export type WebauthnType = keyof typeof webauthnPolicies
