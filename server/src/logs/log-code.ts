/** What a tenant's log knows: the vendor's code, when it is written, and what its `details` hold. A test holds it against the code. */
interface LogCodeRow {
  /** The `description` of an entry that says nothing more exact. */
  text: string
  when: string
  details: readonly string[]
}

const challenge = ['authenticator', 'actions'] as const

export const logCodes = {
  scpr: {
    text: 'A reset was asked for',
    when: 'a reset mail was handed over',
    details: ['body'],
  },
  fcpr: {
    text: 'A reset was asked for and not begun',
    when: 'nobody has the address, the user is blocked, too many were asked for, or the mail could not be handed over',
    details: ['body'],
  },
  scp: {
    text: 'A new password was set',
    when: 'a reset was completed; written in one transaction with the password',
    details: ['email', 'title', 'actions'],
  },
  fcp: {
    text: 'A new password was not set',
    when: 'the password was refused, an action denied, or the reset failed',
    details: ['reason', 'actions'],
  },
  actions_execution_failed: {
    text: 'An action did not complete',
    when: 'a handler threw, or was ended',
    details: [
      ...['trigger_id', 'execution_id', 'action_id', 'action_name', 'version_id', 'binding_id'],
      ...['error_class', 'action_error', 'actions'],
    ],
  },
  gd_start_auth: { text: 'A challenge was begun', when: 'a factor was asked for', details: challenge },
  gd_auth_succeed: { text: 'A challenge was passed', when: 'the answer was right', details: challenge },
  gd_auth_failed: { text: 'A challenge was answered wrongly', when: 'the code was wrong or old', details: challenge },
  gd_webauthn_challenge_failed: {
    text: 'A security key or device did not prove itself',
    when: 'the response proves nothing, or was canceled',
    details: challenge,
  },
  gd_otp_rate_limit_exceed: {
    text: 'Too many wrong codes',
    when: 'limit wrongCodes was reached; the reset has failed',
    details: challenge,
  },
  gd_recovery_succeed: { text: 'A recovery code was used', when: 'the recovery code was right', details: challenge },
  gd_recovery_failed: { text: 'A recovery code was wrong', when: 'the recovery code was wrong', details: challenge },
  gd_recovery_rate_limit_exceed: {
    text: 'Too many wrong recovery codes',
    when: 'limit wrongCodes was reached; the reset has failed',
    details: challenge,
  },
  gd_send_email: { text: 'A code was sent by mail', when: 'the mail was handed over', details: challenge },
  gd_send_sms: { text: 'A code was sent by text message', when: 'the gateway took it', details: challenge },
  gd_send_sms_failure: { text: 'A text message was not sent', when: 'the gateway did not take it', details: challenge },
  gd_send_voice: { text: 'A code was sent by call', when: 'the gateway took it', details: challenge },
  gd_send_voice_failure: { text: 'A call was not made', when: 'the gateway did not take it', details: challenge },
  fn: {
    text: 'A mail was not sent',
    when: 'a mail with a code or a notice could not be handed over, or a template of the tenant not rendered',
    details: ['title', 'template', 'error'],
  },
  gd_start_enroll: { text: 'An enrolment was begun', when: 'a user chose what to enrol', details: ['authenticator'] },
  gd_enrollment_complete: {
    text: 'A factor was enrolled',
    when: 'a user has proved that it works, or the API added it',
    details: ['authenticator', 'request'],
  },
  gd_unenroll: { text: 'A factor was taken away', when: 'the API removed one or all', details: ['request'] },
  gd_tenant_update: { text: 'Factors of the tenant were changed', when: 'a PUT below /guardian', details: ['request'] },
  sapi: {
    text: 'A request of the management API changed something',
    when: 'a POST, PATCH, PUT or DELETE was answered with a 2xx',
    details: ['request', 'response'],
  },
  api_limit: {
    text: 'Too many requests',
    when: 'an API answered 429; once a minute for each caller',
    details: ['request'],
  },
  api_limit_warning: {
    text: 'Nearly too many requests',
    when: 'a caller has left no more than a fifth of what may be asked at once; once a minute for each',
    details: ['request'],
  },
  seccft: {
    text: 'Client credentials were exchanged for a token',
    when: '/oauth/token gave a token',
    details: [],
  },
  feccft: {
    text: 'Client credentials were not exchanged for a token',
    when: '/oauth/token refused',
    details: ['error'],
  },
} as const satisfies Record<string, LogCodeRow>

export type LogCode = keyof typeof logCodes
export type LogDetails<Code extends LogCode> = { [Name in (typeof logCodes)[Code]['details'][number]]?: unknown }
