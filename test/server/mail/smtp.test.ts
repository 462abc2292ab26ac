import { once } from 'node:events'
import { SMTPServer, type SMTPServerAddress } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import { createSmtpMailer } from '../../../server/src/mail/smtp.ts'

interface Received {
  from: SMTPServerAddress | false
  to: SMTPServerAddress[]
  content: string
}

const servers: SMTPServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise<void>((resolve) => server.close(resolve))
})

const startSmtpServer = async (answer: Error | null = null): Promise<{ url: string; received: Received[] }> => {
  const received: Received[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({ from: mailFrom, to: rcptTo, content: Buffer.concat(chunks).toString() })
        done(answer)
      })
    },
  })
  servers.push(server)
  const listening = server.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const address = listening.address()
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a numeric port.')
  return { url: `smtp://127.0.0.1:${address.port}`, received }
}

const mail = { to: 'ada@example.com', subject: 'Grüße', text: 'the text', html: '<p>the html</p>' }

test('a mail arrives with both of its bodies, for its one recipient', async () => {
  const { url, received } = await startSmtpServer()
  await createSmtpMailer({ url, from: 'Acme <no-reply@acme.example>' }).send('one', mail)
  expect(received).toHaveLength(1)
  const [{ from, to, content }] = received as [Received]
  expect(from).toMatchObject({ address: 'no-reply@acme.example' })
  expect(to.map(({ address }) => address)).toEqual(['ada@example.com'])
  expect(content).toContain('From: Acme <no-reply@acme.example>')
  expect(content).toContain('the text')
  expect(content).toContain('<p>the html</p>')
  expect(content).toContain('Auto-Submitted: auto-generated')
})

test('a subject with line breaks adds no header', async () => {
  const { url, received } = await startSmtpServer()
  const subject = 'Hello\r\nBcc: eve@example.com'
  await createSmtpMailer({ url, from: 'no-reply@acme.example' }).send('one', { ...mail, subject })
  expect(received[0]?.content).not.toMatch(/^Bcc:/m)
  expect(received[0]?.to).toHaveLength(1)
})

test('an address with a comma in it is no list of recipients', async () => {
  const { url, received } = await startSmtpServer()
  const to = 'ada@example.com, eve@example.com'
  const sent = createSmtpMailer({ url, from: 'no-reply@acme.example' }).send('one', { ...mail, to })
  await sent.catch(() => undefined)
  expect(received.flatMap((one) => one.to.map(({ address }) => address))).not.toContain('eve@example.com')
})

test('a mail that the server refuses is a failure of the send', async () => {
  const { url } = await startSmtpServer(new Error('mailbox full'))
  await expect(createSmtpMailer({ url, from: 'a@b.example' }).send('one', mail)).rejects.toThrow('mailbox full')
})
