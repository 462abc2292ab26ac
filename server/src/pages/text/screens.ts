/**
 * The vendor's screens of the prompt `reset-password`, and which of our texts each of their keys stands for. A key that is
 * not in the table has no place on our pages. Some of the vendor's are left out on purpose:
 *
 * - `passwordSecurityText` announces a list of rules; our rule is one sentence with the real length in it
 * - `…Used` tells a spent link from an unknown or old one, which our pages never do
 */
import { isTextId, type TextId } from './text.ts'

export const promptOfPages = 'reset-password'

type ScreenTexts = Readonly<Record<string, readonly TextId[]>>

const challenge = (factor: 'email' | 'otp' | 'phone-sms' | 'phone-voice' | 'recovery-code'): ScreenTexts => ({
  title: [`challenge.${factor}.title`],
  description: [`challenge.${factor}.lead`],
  placeholder: ['challenge.code'],
  buttonText: ['challenge.continue'],
  resendActionText: ['challenge.resend'],
  pickAuthenticatorText: ['challenge.others'],
  'invalid-code': ['challenge.error.wrong-answer'],
})

const webauthn = (factor: 'webauthn-roaming' | 'webauthn-platform'): ScreenTexts => ({
  title: [`challenge.${factor}.title`],
  description: [`challenge.${factor}.lead`],
  buttonText: [`challenge.${factor}.use`],
  continueButtonText: [`challenge.${factor}.use`],
  pickAuthenticatorText: ['challenge.others'],
})

export const screens = {
  'reset-password-request': {
    title: ['request.title'],
    descriptionEmail: ['request.lead'],
    placeholderEmail: ['request.email'],
    buttonText: ['request.send'],
    'invalid-email-format': ['request.error.invalid-email'],
    'too-many-requests': ['request.error.too-many-requests'],
  },
  'reset-password-email': {
    title: ['check-email.title'],
    emailDescription: ['check-email.lead'],
    resendText: ['check-email.hint'],
    resendLinkText: ['check-email.again'],
  },
  'reset-password': {
    title: ['new-password.title'],
    description: ['new-password.lead'],
    passwordPlaceholder: ['new-password.password'],
    reEnterpasswordPlaceholder: ['new-password.confirmation'],
    buttonText: ['new-password.set'],
  },
  'reset-password-success': {
    eventTitle: ['done.title'],
    description: ['done.lead'],
    buttonText: ['done.continue'],
  },
  'reset-password-error': {
    eventTitleExpired: ['expired.title', 'problem.reset-expired.title'],
    descriptionExpired: ['expired.lead', 'problem.reset-expired'],
    eventTitleGeneric: ['problem.link-unusable.title'],
    descriptionGeneric: ['problem.link-unusable'],
  },
  'reset-password-mfa-email-challenge': challenge('email'),
  'reset-password-mfa-otp-challenge': challenge('otp'),
  'reset-password-mfa-sms-challenge': challenge('phone-sms'),
  'reset-password-mfa-voice-challenge': challenge('phone-voice'),
  'reset-password-mfa-recovery-code-challenge': challenge('recovery-code'),
  'reset-password-mfa-webauthn-roaming-challenge': webauthn('webauthn-roaming'),
  'reset-password-mfa-webauthn-platform-challenge': webauthn('webauthn-platform'),
  // The factor has no page of its own here: its code comes by text message or call.
  'reset-password-mfa-phone-challenge': {},
  // There is no push service.
  'reset-password-mfa-push-challenge-push': {},
} as const satisfies Record<string, ScreenTexts>
export type Screen = keyof typeof screens

/** Where a tenant may also set any text of ours by its id, for every page. */
export const screenOfAllTexts = 'reset-password' satisfies Screen

/** Ids of ours have a dot, keys of the vendor have none. */
const isOwnId = (key: string): boolean => key.includes('.')

export const isScreen = (name: string): name is Screen => Object.hasOwn(screens, name)

/** Whether a text may stand there. Any key of the vendor's may: the list of them is the vendor's. */
export const isTextPlace = (screen: Screen, key: string): boolean =>
  !isOwnId(key) || (screen === screenOfAllTexts && isTextId(key))
