/** The mail server that a tenant has its own mails sent by. */
import type { Patch } from '../patch.ts'

export interface SmtpCredentials {
  host: string
  port: number
  /** Both or neither. */
  user?: string
  password?: string
}

export interface EmailProvider {
  name: 'smtp'
  /** Otherwise the operator's server sends. */
  enabled: boolean
  /** RFC 5322 mailbox for mails whose template names none. */
  defaultFromAddress?: string
  credentials: SmtpCredentials
  /** Headers of every mail. */
  headers: Readonly<Record<string, string>>
}

/** Credentials are encrypted at rest. */
export interface EmailProviderStore {
  create(tenant: string, provider: EmailProvider): Promise<'created' | 'taken'>
  find(tenant: string): Promise<EmailProvider | undefined>
  update(tenant: string, patch: Patch<Omit<EmailProvider, 'name'>>): Promise<EmailProvider | undefined>
  remove(tenant: string): Promise<void>
}
