/**
 * Mail by the tenant's own SMTP server, where it has one that is switched on; else by the operator's.
 *
 * - the tenant names the host, so it is reached as actions reach theirs: public addresses, checked at each connection
 * - to a public address nothing goes without TLS, with the certificate checked; in a network that the operator has opened
 *   the server may do without
 * - a connection for each mail, half a minute for all of it, and a few of a tenant at once: what a hostile server answers
 *   slowly, or at length, costs the tenant its mail and nobody else anything
 * - it hears the sender's domain as the name of who is calling, not this machine's
 * - what the operator's server may not say in the tenant's words is decided here, when the mail goes: the tenant may have
 *   taken its server away since the mail was written
 * - there is no second try by the operator's server: the tenant has decided who may see its users' addresses
 */
import { createTransport } from 'nodemailer'
import type { EmailProvider, EmailProviderStore } from '../email-providers/email-provider.ts'
import { isMailbox } from '../email-providers/mailbox.ts'
import type { TenantLog } from '../logs/tenant-log.ts'
import type { ConnectSocket, Mail, Mailer } from '../ports.ts'
import { createTurns } from './mail-turns.ts'
import { toSmtpMail } from './smtp-mail.ts'

type Deps = {
  emailProviders: Pick<EmailProviderStore, 'find'>
  connectSocket: ConnectSocket
  operatorsMailer: Mailer
  tenantLog: Pick<TenantLog, 'record'>
}

const wholeMs = 30_000
const largestAnswer = 65_536
const turns = { atOnce: 10, mostWaiting: 100 }
const tlsFromTheFirstByte = 465

const senderOf = ({ defaultFromAddress, credentials }: EmailProvider, mail: Mail): string => {
  const { user = '', host } = credentials
  const candidates = [mail.from, defaultFromAddress, user]
  return candidates.find((text) => text !== undefined && isMailbox(text)) ?? `no-reply@${host}`
}

const domainOf = (sender: string): string => /@([\w.-]+)>?$/.exec(sender)?.[1] ?? 'localhost'

const sendBy = async (
  connectSocket: ConnectSocket,
  { tenant, mail, provider, signal }: { tenant: string; mail: Mail; provider: EmailProvider; signal: AbortSignal },
): Promise<void> => {
  const { host, port, user, password } = provider.credentials
  signal.throwIfAborted()
  const sender = senderOf(provider, mail)
  const { socket, reach } = await connectSocket(host, port, signal)
  try {
    const secure = port === tlsFromTheFirstByte
    const transport = createTransport({
      name: domainOf(sender),
      host,
      port,
      connection: socket,
      secure,
      requireTLS: !secure && reach === 'public',
      maxResponseSize: largestAnswer,
      ...(user !== undefined && password !== undefined && { auth: { user, pass: password } }),
    })
    const message = toSmtpMail(tenant, sender, mail)
    const headers = { ...provider.headers, ...(message.headers as Record<string, string>) }
    await transport.sendMail({ ...message, headers, signal })
  } finally {
    socket.destroy()
  }
}

/** What the server said, on one line: its administrators are the tenant's. */
const reasonOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error)
  return message.replaceAll(/\p{Cc}+/gu, ' ').slice(0, 300)
}

export const createTenantMailer = (deps: Deps): Mailer => {
  const inTurn = createTurns(turns)
  return {
    send: async (tenant, mail) => {
      const provider = await deps.emailProviders.find(tenant)
      if (!provider?.enabled) return deps.operatorsMailer.send(tenant, mail.byOperator ?? mail)
      const signal = AbortSignal.timeout(wholeMs)
      try {
        await inTurn(tenant, () => sendBy(deps.connectSocket, { tenant, mail, provider, signal }))
      } catch (error) {
        const description = 'The tenant’s mail server did not take a mail'
        deps.tenantLog.record(tenant, { type: 'fn', description, details: { error: reasonOf(error) } })
        throw error
      }
    },
  }
}
