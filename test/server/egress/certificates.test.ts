/** https: the socket goes to the checked address, the certificate must be for the name. */
import { once } from 'node:events'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { createSecureContext, getCACertificates, setDefaultCACertificates } from 'node:tls'
import type { Egress } from '@interlock/runtime'
import { generate } from 'selfsigned'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseCidr } from '../../../server/src/egress/address-policy.ts'
import { createEgress } from '../../../server/src/egress/egress.ts'
import { createResolveHost } from '../../../server/src/egress/resolve-host.ts'
import { type DnsServer, startDnsServer } from '../../support/dns-server.ts'

let dns: DnsServer
let server: Server
let egress: Egress
let certificate: string
const namesAsked: string[] = []
const trusted = getCACertificates()

beforeAll(async () => {
  dns = await startDnsServer((_, type) => (type === 'A' ? ['127.0.0.1'] : []))
  const altNames = [{ type: 2 as const, value: 'named.test' }]
  const made = await generate([{ name: 'commonName', value: 'named.test' }], {
    extensions: [{ name: 'subjectAltName', altNames }],
  })
  certificate = made.cert
  const context = { key: made.private, cert: made.cert }
  server = createServer({
    ...context,
    SNICallback: (name, done) => {
      namesAsked.push(name)
      done(null, createSecureContext(context))
    },
  })
  server.on('request', (_, response) => response.end('hello'))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const guard = { opened: [parseCidr('127.0.0.0/8')], ownPorts: () => [] }
  egress = createEgress({ ...guard, resolveHost: createResolveHost([dns.address]) })
})
afterAll(async () => {
  setDefaultCACertificates(trusted)
  server.closeAllConnections()
  server.close()
  await dns.close()
})

const send = (host: string) =>
  egress.send({
    tenant: 'acme',
    method: 'GET',
    url: `https://${host}:${(server.address() as AddressInfo).port}/`,
    headers: [],
    redirect: 'follow',
    maximumBytes: 1_000,
    signal: new AbortController().signal,
  })

test('a certificate that nobody vouches for is refused; the name was asked for, not the address', async () => {
  await expect(send('named.test')).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  expect(namesAsked).toEqual(['named.test'])
})

test('a trusted one is good for its own name only', async () => {
  setDefaultCACertificates([...trusted, certificate])
  expect(await send('named.test')).toMatchObject({ status: 200 })
  for (const host of ['other.test', '127.0.0.1'])
    await expect(send(host)).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' })
})
