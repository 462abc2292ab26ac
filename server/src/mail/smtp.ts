/** Mail by the operator's SMTP server. */
import { createTransport } from 'nodemailer'
import type { Mailer } from '../ports.ts'

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
    send: async (tenant, { to, subject, text, html }) => {
      await transport.sendMail({
        from,
        // As an object it is taken as it is; a text would be parsed as a list of recipients.
        to: { name: '', address: to },
        subject,
        text,
        html,
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Interlock-Tenant': tenant },
        disableFileAccess: true,
        disableUrlAccess: true,
      })
    },
  }
}
