import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { generate } from 'selfsigned'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { parseCidr } from '../../../server/src/egress/address-policy.ts'
import { createGuardedSocket } from '../../../server/src/egress/guarded-socket.ts'
import { createResolveHost } from '../../../server/src/egress/resolve-host.ts'
import type { EmailProvider } from '../../../server/src/email-providers/email-provider.ts'
import { createTenantMailer } from '../../../server/src/mail/tenant-smtp.ts'
import type { ConnectSocket, Mail } from '../../../server/src/ports.ts'
import { type SmtpSite, startSmtpServer } from '../../support/smtp.ts'

const sites: SmtpSite[] = []
afterEach(async () => {
  for (const site of sites.splice(0)) await site.close()
})

const start = async (settings: Parameters<typeof startSmtpServer>[0] = {}): Promise<SmtpSite> => {
  const site = await startSmtpServer(settings)
  sites.push(site)
  return site
}

const mail: Mail = { to: 'ada@example.com', subject: 'Hello', text: 'the text', html: '<p>the html</p>' }
const account = { user: 'acme', password: 'a password of the tenant' }

const guard = (opened: readonly string[], ownPorts: readonly number[] = []) =>
  createGuardedSocket({ resolveHost: createResolveHost(), opened: opened.map(parseCidr), ownPorts: () => ownPorts })
const loopback = guard(['127.0.0.0/8'])

/** As if loopback were an address of the public network. */
const asPublic: ConnectSocket = async (host, port) => {
  const socket = connect({ host, port })
  await once(socket, 'connect')
  return { socket, reach: 'public' }
}

const setting = (provider: Partial<EmailProvider> & Pick<EmailProvider, 'credentials'>, connectSocket = loopback) => {
  const byOperator: Mail[] = []
  const told: unknown[] = []
  const mailer = createTenantMailer({
    emailProviders: { find: async () => ({ name: 'smtp', enabled: true, headers: {}, ...provider }) },
    connectSocket,
    operatorsMailer: { send: async (_tenant, sent) => void byOperator.push(sent) },
    tenantLog: { record: (_tenant, event) => void told.push(event) },
  })
  return { mailer, byOperator, told }
}

const at = ({ port }: { port: number }) => ({ host: '127.0.0.1', port })

describe('the tenant’s own mail server', () => {
  test('gets the mail, with the tenant’s account, sender and headers, and the operator’s does not', async () => {
    const site = await start({ account })
    const { mailer, byOperator } = setting({
      credentials: { ...at(site), ...account },
      defaultFromAddress: 'Acme <no-reply@acme.example>',
      headers: { 'X-Campaign': 'resets' },
    })
    await mailer.send('one', mail)
    expect(site.received).toHaveLength(1)
    expect(site.received[0]).toMatchObject({ user: 'acme', from: { address: 'no-reply@acme.example' } })
    expect(site.received[0]?.content).toContain('X-Campaign: resets')
    expect(site.received[0]?.content).toContain('X-Interlock-Tenant: one')
    expect(byOperator).toEqual([])
  })

  test('gets the sender that the template names before the default one', async () => {
    const site = await start()
    const { mailer } = setting({ credentials: at(site), defaultFromAddress: 'a@acme.example' })
    await mailer.send('one', { ...mail, from: 'Shop <shop@acme.example>' })
    expect(site.received[0]?.from).toMatchObject({ address: 'shop@acme.example' })
  })

  test('that is switched off leaves the mail to the operator’s', async () => {
    const site = await start()
    const { mailer, byOperator } = setting({ credentials: at(site), enabled: false })
    await mailer.send('one', mail)
    expect(byOperator).toEqual([mail])
    expect(site.received).toEqual([])
  })

  test('that is gone by the time the mail goes leaves no words of the tenant’s to the operator’s', async () => {
    const site = await start()
    const { mailer, byOperator } = setting({ credentials: at(site), enabled: false })
    await mailer.send('one', { ...mail, subject: 'Own words', byOperator: mail })
    expect(byOperator).toEqual([mail])
  })

  test('that refuses the account is a failure, which the tenant’s log tells without the password', async () => {
    const site = await start({ account })
    const { mailer, byOperator, told } = setting({ credentials: { ...at(site), user: 'acme', password: 'wrong one' } })
    await expect(mailer.send('one', mail)).rejects.toThrow('Invalid user or password')
    expect(told).toEqual([expect.objectContaining({ type: 'fn' })])
    expect(JSON.stringify(told)).not.toContain('wrong one')
    expect(byOperator).toEqual([])
  })
})

describe('where it may be', () => {
  test.each(['127.0.0.1', 'localhost', '169.254.169.254', '10.0.0.1', '[::1]', '::1', '::ffff:127.0.0.1', '0.0.0.0'])(
    'not at %s',
    async (host) => {
      const site = await start()
      const { mailer } = setting({ credentials: { host, port: site.port } }, guard([]))
      await expect(mailer.send('one', mail)).rejects.toThrow(/does not lead to a public address only|ENOTFOUND/)
      expect(site.received).toEqual([])
    },
  )

  test('not at a port of this server, whatever is opened', async () => {
    const site = await start()
    const { mailer } = setting({ credentials: at(site) }, guard(['127.0.0.0/8'], [site.port]))
    await expect(mailer.send('one', mail)).rejects.toThrow('public address only')
    expect(site.received).toEqual([])
  })
})

describe('without TLS', () => {
  test('nothing goes to a public address, not even the account', async () => {
    const site = await start({ account })
    const seen: string[] = []
    const { mailer } = setting({ credentials: { ...at(site), ...account } }, async (...asked) => {
      const reached = await asPublic(...asked)
      const write = reached.socket.write.bind(reached.socket)
      reached.socket.write = ((chunk: unknown, ...more: never[]) => {
        seen.push(String(chunk))
        return write(chunk as string, ...more)
      }) as typeof reached.socket.write
      return reached
    })
    await expect(mailer.send('one', mail)).rejects.toThrow()
    expect(site.received).toEqual([])
    expect(seen.join('')).toMatch(/^EHLO/)
    expect(seen.join('')).not.toMatch(/AUTH|MAIL FROM|ada@example.com/)
  })

  test('a certificate that nobody vouches for is refused', async () => {
    const site = await start({ options: { disabledCommands: [] } })
    const { mailer } = setting({ credentials: { ...at(site), ...account } }, asPublic)
    await expect(mailer.send('one', mail)).rejects.toThrow(/certificate|unable to verify/)
    expect(site.received).toEqual([])
  })
})

describe('with TLS', () => {
  const host = 'smtp.acme.example'
  let keys: { key: string; cert: string }
  const trusted = getCACertificates('default')
  beforeAll(async () => {
    const { private: key, cert } = await generate([{ name: 'commonName', value: host }], {
      extensions: [
        { name: 'basicConstraints', cA: true, critical: true },
        { name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
      ],
    })
    keys = { key, cert }
    // What NODE_EXTRA_CA_CERTS does at the start of a process.
    setDefaultCACertificates([...trusted, cert])
  })
  afterAll(() => setDefaultCACertificates(trusted))

  /** Leads every name and port there, as if it were on the public network. */
  const leadTo =
    ({ port }: SmtpSite, asked: unknown[] = []): ConnectSocket =>
    (name, askedPort, signal) => {
      asked.push([name, askedPort])
      return asPublic('127.0.0.1', port, signal)
    }

  const startWithTls = async (options: NonNullable<Parameters<typeof startSmtpServer>[0]>['options']) => {
    const secured: boolean[] = []
    const site = await start({
      account,
      options: {
        ...keys,
        // Whoever has not asked for TLS by then is sent away.
        disabledCommands: [],
        allowInsecureAuth: false,
        onMailFrom: (_address, session, done) => done(void secured.push(session.secure)),
        ...options,
      },
    })
    return { site, secured }
  }

  test.each([
    ['after STARTTLS', 587, { secure: false }],
    ['from the first byte on port 465', 465, { secure: true }],
  ])('the account and the mail arrive, %s', async (_when, port, options) => {
    const { site, secured } = await startWithTls(options)
    const asked: unknown[] = []
    const { mailer, told } = setting({ credentials: { host, port, ...account } }, leadTo(site, asked))
    await mailer.send('one', mail)
    expect(asked).toEqual([[host, port]])
    expect(secured).toEqual([true])
    expect(site.received).toMatchObject([{ user: 'acme', to: [{ address: 'ada@example.com' }] }])
    expect(site.received[0]?.content).toContain('the text')
    expect(told).toEqual([])
  })

  test.each([
    ['after STARTTLS', 587, { secure: false }],
    ['from the first byte', 465, { secure: true }],
  ])('a certificate of another host is refused, %s, before the account is told', async (_when, port, options) => {
    const { site, secured } = await startWithTls(options)
    const { mailer } = setting({ credentials: { host: 'mail.other.example', port, ...account } }, leadTo(site))
    await expect(mailer.send('one', mail)).rejects.toThrow("does not match certificate's altnames")
    expect([secured, site.received]).toEqual([[], []])
  })

  test('a server that knows no TLS newer than 1.1 gets nothing', async () => {
    const { site } = await startWithTls({ secure: true, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' })
    const { mailer } = setting({ credentials: { host, port: 465, ...account } }, leadTo(site))
    await expect(mailer.send('one', mail)).rejects.toThrow(/protocol|version/)
    expect(site.received).toEqual([])
  })
})

test('a server whose answer has no end is left', async () => {
  const endless = createServer((socket) => {
    socket.on('error', () => {})
    socket.write('220-')
    const pour = () => {
      while (socket.writable && socket.write('x'.repeat(16_384)));
    }
    socket.on('drain', pour)
    pour()
  }).listen(0, '127.0.0.1')
  await once(endless, 'listening')
  const { mailer } = setting({ credentials: at(endless.address() as { port: number }) })
  await expect(mailer.send('one', mail)).rejects.toThrow('maximum allowed size')
  endless.close()
})

test('a server that says nothing holds a few connections of its tenant, and none of the others’', async () => {
  const sockets: Socket[] = []
  let leaves = false
  const silent = createServer((socket) => {
    sockets.push(socket.on('error', () => {}))
    if (leaves) socket.destroy()
  }).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { mailer, told } = setting({ credentials: at(silent.address() as { port: number }) })
  const send = (tenant: string) => mailer.send(tenant, mail).catch((error: Error) => error.message)
  const flood = Array.from({ length: 150 }, () => send('hostile'))
  await expect.poll(() => sockets.length).toBe(10)
  // The last ones are refused at once, and the tenant reads why.
  expect(await flood.at(-1)).toContain('others of this tenant wait')
  expect(told).toHaveLength(40)
  const others = send('other')
  await expect.poll(() => sockets.length).toBe(11)
  // Each that ends lets the next one in, until none is left.
  leaves = true
  for (const socket of sockets) socket.destroy()
  await Promise.all([...flood, others])
  expect(sockets).toHaveLength(111)
  silent.close()
})

test('the server hears the sender’s domain, and not the name of this machine', async () => {
  const heard: string[] = []
  const site = await start({
    options: {
      disabledCommands: ['STARTTLS'],
      onMailFrom: (_address, session, done) => done(void heard.push(String(session.hostNameAppearsAs))),
    },
  })
  const { mailer } = setting({ credentials: at(site), defaultFromAddress: 'Acme <no-reply@acme.example>' })
  await mailer.send('one', mail)
  expect(heard).toEqual(['acme.example'])
})
