import type { SendMailOptions } from 'nodemailer'
import type { Mail } from '../ports.ts'

/** A mail as nodemailer takes it, with nothing in it that reads a file or a URL. */
export const toSmtpMail = (tenant: string, from: string, { to, subject, text, html }: Mail): SendMailOptions => ({
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
