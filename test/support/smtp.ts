/** A real SMTP server on loopback that keeps what it is given. */
import { once } from 'node:events'
import { SMTPServer, type SMTPServerAddress, type SMTPServerOptions } from 'smtp-server'

export interface ReceivedMail {
  from: SMTPServerAddress | false
  to: SMTPServerAddress[]
  content: string
  user: string | undefined
}

export interface SmtpSite {
  port: number
  url: string
  received: ReceivedMail[]
  /** Resolves once there are so many. */
  until(count: number): Promise<void>
  close(): Promise<void>
}

interface Settings {
  /** What it says to a mail instead of taking it. */
  refusal?: Error
  account?: { user: string; password: string }
  options?: SMTPServerOptions
}

export const startSmtpServer = async ({ refusal, account, options }: Settings = {}): Promise<SmtpSite> => {
  const received: ReceivedMail[] = []
  const waiting: { count: number; done(): void }[] = []
  const server = new SMTPServer({
    authOptional: account === undefined,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth({ username, password }, _session, done) {
      const isRight = username === account?.user && password === account?.password
      done(isRight ? null : new Error('Invalid user or password'), isRight ? { user: username ?? '' } : {})
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const content = Buffer.concat(chunks).toString()
        received.push({ from: mailFrom, to: rcptTo, content, user: session.user })
        for (const { count, done: tell } of waiting) if (received.length >= count) tell()
        done(refusal)
      })
    },
    ...options,
  })
  // A client that leaves in the middle is the test's own doing.
  server.on('error', () => {})
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const address = listening.address()
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a numeric port.')
  return {
    port: address.port,
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    until: (count) => new Promise((done) => (received.length >= count ? done() : void waiting.push({ count, done }))),
    close: () => new Promise((done) => server.close(() => done())),
  }
}
