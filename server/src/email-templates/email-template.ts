/** A tenant's own text for one of the mails that are sent in its name. */
import type { Patch } from '../patch.ts'

/** The vendor's names. */
export const emailTemplateNames = [
  'reset_email',
  'mfa_oob_code',
  'enrollment_email',
  'verify_email',
  'verify_email_by_code',
  'auth_email_by_code',
  'reset_email_by_code',
  'welcome_email',
  'blocked_account',
  'stolen_credentials',
  'user_invitation',
  'async_approval',
  'change_password',
  'password_reset',
] as const
export type EmailTemplateName = (typeof emailTemplateNames)[number]

/** Those of mails this server sends; the others are kept, for tools that copy a whole tenant. */
export type UsedTemplateName = 'reset_email' | 'mfa_oob_code' | 'enrollment_email'

export interface EmailTemplate {
  template: EmailTemplateName
  /** Without it the server's own mail goes out. */
  enabled: boolean
  /** HTML in Liquid. The server's own mail where it is absent; the same goes for `subject`. */
  body?: string
  subject?: string
  /** RFC 5322 mailbox in Liquid. */
  from?: string
  /** Where the user goes after the reset; in Liquid. */
  resultUrl?: string
  urlLifetimeSeconds?: number
  /** Whether the user's address is added to `resultUrl`. */
  includeEmailInRedirect: boolean
}

export interface EmailTemplateStore {
  create(tenant: string, template: EmailTemplate): Promise<'created' | 'name-taken'>
  find(tenant: string, name: EmailTemplateName): Promise<EmailTemplate | undefined>
  update(
    tenant: string,
    name: EmailTemplateName,
    patch: Patch<Omit<EmailTemplate, 'template'>>,
  ): Promise<EmailTemplate | undefined>
}
