/** How a tenant has its users' factors asked for. */

export interface CodeSettings {
  /** Digits. */
  length: number
  lifeSeconds: number
}

export const phoneProviders = ['auth0', 'twilio', 'phone-message-hook'] as const

export interface GuardianSettings {
  /** `all-applications` asks for an enrolled factor before every new password. */
  policies: readonly 'all-applications'[]
  emailCode: CodeSettings
  phoneCode: CodeSettings
  /** How codes may go to phones. */
  messageTypes: readonly ('sms' | 'voice')[]
  /** Told to the operator's gateway with each message. */
  phoneProvider: (typeof phoneProviders)[number]
  /** Liquid; the server's own texts where it is absent. */
  smsTemplates?: { enrollment_message: string; verification_message: string }
}

/** Six digits for five minutes: long enough to switch to the mail and back, too short to be found by trying. */
const code: CodeSettings = { length: 6, lifeSeconds: 300 }

const defaults: GuardianSettings = {
  policies: [],
  emailCode: code,
  phoneCode: code,
  messageTypes: ['sms', 'voice'],
  phoneProvider: 'auth0',
}

export const guardianSettings = ({ guardian }: { guardian?: Partial<GuardianSettings> }): GuardianSettings => ({
  ...defaults,
  ...guardian,
})
