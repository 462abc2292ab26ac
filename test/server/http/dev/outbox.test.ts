import Fastify from 'fastify'
import { parse } from 'node-html-parser'
import { expect, test } from 'vitest'
import { outboxRoutes } from '../../../../server/src/http/dev/outbox.ts'
import { createOutbox } from '../../../../server/src/mail/outbox.ts'

const createSite = async () => {
  const outbox = createOutbox({ now: () => 0 })
  const app = Fastify()
  await app.register(outboxRoutes({ outbox }))
  const get = (url: string, { host = 'localhost:3000', remoteAddress = '127.0.0.1' } = {}) =>
    app.inject({ url, headers: { host }, remoteAddress })
  return { outbox, get }
}

const hostile = {
  to: '<b>ada</b>@example.com',
  subject: '<script>alert(1)</script>',
  text: 'go to https://acme.example/u/reset-password?ticket=a&x=1 or javascript:alert(1)',
  html: '<script>alert(1)</script>"><p>hello</p>',
}

test('the JSON lists what was sent, newest first', async () => {
  const { outbox, get } = await createSite()
  await outbox.mailer.send('one', hostile)
  await outbox.phone.send('one', { to: '+491511234567', via: 'voice', text: 'code' })
  const answer = await get('/dev/outbox.json')
  expect(answer.json()).toMatchObject([{ kind: 'phone' }, { kind: 'mail', ...hostile }])
  expect(answer.headers['cache-control']).toBe('no-store')
})

test('on the page the links of a mail can be followed, and nothing else in it can do anything', async () => {
  const { outbox, get } = await createSite()
  await outbox.mailer.send('one', hostile)
  const { body, headers } = await get('/dev/outbox')
  const document = parse(body)
  const links = document.querySelectorAll('.text a').map((link) => link.getAttribute('href'))
  expect(links).toEqual(['https://acme.example/u/reset-password?ticket=a&x=1'])
  expect(document.querySelectorAll('script, b')).toEqual([])
  const frame = document.querySelector('iframe')
  expect(frame?.getAttribute('sandbox')).toBe('allow-top-navigation-by-user-activation')
  expect(frame?.getAttribute('srcdoc')).toBe(`<base target=_top>${hostile.html}`)
  expect(headers['content-security-policy']).toContain("default-src 'none'")
})

test.each(['.', ',', ').', '!'])('a link that %j follows can be followed', async (end) => {
  const { outbox, get } = await createSite()
  const link = 'https://acme.example/u/reset-password?ticket=a-_'
  await outbox.mailer.send('one', { ...hostile, text: `set it here (${link}${end} Acme` })
  const text = parse((await get('/dev/outbox')).body).querySelector('.text')
  expect(text?.querySelector('a')?.getAttribute('href')).toBe(link)
  expect(text?.text).toBe(`set it here (${link}${end} Acme`)
})

test.each(['10.0.0.7', '::ffff:192.168.0.9', 'fe80::1'])('a request from %s finds nothing', async (remoteAddress) => {
  const { get } = await createSite()
  expect((await get('/dev/outbox.json', { remoteAddress })).statusCode).toBe(404)
  expect((await get('/dev/outbox', { remoteAddress })).statusCode).toBe(404)
})

test.each(['evil.example', 'localhost.evil.example', 'x.localhost@evil.example'])(
  'a page that points its own name %s at this machine finds nothing',
  async (host) => {
    const { get } = await createSite()
    expect((await get('/dev/outbox.json', { host })).statusCode).toBe(404)
  },
)

test.each(['localhost', 'localhost:3000', 'demo.localhost:3000', '127.0.0.1:3000', '[::1]:3000'])(
  'it answers under %s',
  async (host) => {
    const { get } = await createSite()
    expect((await get('/dev/outbox', { host })).statusCode).toBe(200)
    expect((await get('/dev/outbox', { host, remoteAddress: '::1' })).statusCode).toBe(200)
  },
)
