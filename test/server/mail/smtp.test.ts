import { afterEach, expect, test } from 'vitest'
import { createSmtpMailer } from '../../../server/src/mail/smtp.ts'
import { type ReceivedMail, type SmtpSite, startSmtpServer } from '../../support/smtp.ts'

const sites: SmtpSite[] = []
afterEach(async () => {
  for (const site of sites.splice(0)) await site.close()
})

const start = async (settings: Parameters<typeof startSmtpServer>[0] = {}): Promise<SmtpSite> => {
  const site = await startSmtpServer(settings)
  sites.push(site)
  return site
}

const mail = { to: 'ada@example.com', subject: 'Grüße', text: 'the text', html: '<p>the html</p>' }

test('a mail arrives with both of its bodies, for its one recipient', async () => {
  const { url, received } = await start()
  await createSmtpMailer({ url, from: 'Acme <no-reply@acme.example>' }).send('one', mail)
  expect(received).toHaveLength(1)
  const [{ from, to, content }] = received as [ReceivedMail]
  expect(from).toMatchObject({ address: 'no-reply@acme.example' })
  expect(to.map(({ address }) => address)).toEqual(['ada@example.com'])
  expect(content).toContain('From: Acme <no-reply@acme.example>')
  expect(content).toContain('the text')
  expect(content).toContain('<p>the html</p>')
  expect(content).toContain('Auto-Submitted: auto-generated')
})

test('a subject with line breaks adds no header', async () => {
  const { url, received } = await start()
  const subject = 'Hello\r\nBcc: eve@example.com'
  await createSmtpMailer({ url, from: 'no-reply@acme.example' }).send('one', { ...mail, subject })
  expect(received[0]?.content).not.toMatch(/^Bcc:/m)
  expect(received[0]?.to).toHaveLength(1)
})

test('an address with a comma in it is no list of recipients', async () => {
  const { url, received } = await start()
  const to = 'ada@example.com, eve@example.com'
  const sent = createSmtpMailer({ url, from: 'no-reply@acme.example' }).send('one', { ...mail, to })
  await sent.catch(() => undefined)
  expect(received.flatMap((one) => one.to.map(({ address }) => address))).not.toContain('eve@example.com')
})

test('a mail that the server refuses is a failure of the send', async () => {
  const { url } = await start({ refusal: new Error('mailbox full') })
  await expect(createSmtpMailer({ url, from: 'a@b.example' }).send('one', mail)).rejects.toThrow('mailbox full')
})

test('a sender that a template names is not for the operator’s server', async () => {
  const { url, received } = await start()
  await createSmtpMailer({ url, from: 'no-reply@acme.example' }).send('one', { ...mail, from: 'eve@other.example' })
  expect(received[0]?.from).toMatchObject({ address: 'no-reply@acme.example' })
  expect(received[0]?.content).not.toContain('eve@other.example')
})
