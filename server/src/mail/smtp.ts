/** Mail by the operator's SMTP server. Every tenant's mails come from the operator's address then. */
import { createTransport } from 'nodemailer'
import type { Mailer } from '../ports.ts'
import { toSmtpMail } from './smtp-mail.ts'

interface SmtpSettings {
  /** `smtp://user:password@host:port`, or `smtps://` for TLS from the first byte. */
  url: string
  /** RFC 5322 mailbox that the mails come from. */
  from: string
}

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 }

export const createSmtpMailer = ({ url, from }: SmtpSettings): Mailer => {
  const transport = createTransport({ url, ...timeouts })
  return {
    send: async (tenant, mail) => {
      await transport.sendMail(toSmtpMail(tenant, from, mail))
    },
  }
}
