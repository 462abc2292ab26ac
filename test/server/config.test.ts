import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseConfig } from '../../server/src/config.ts'
import { startServer } from '../../server/src/server.ts'
import { freePort } from '../support/services.ts'

test.each([
  ['PORT', '65536'],
  ['PORT', '80a'],
  ['TRUST_PROXY', 'proxy.example'],
  ['TRUST_PROXY', '10.0.0.0/33'],
  ['TRUST_PROXY', '10.0.0.1,'],
  ['REDIS_URL', 'http://127.0.0.1'],
  ['SMTP_URL', 'mail.example'],
  ['PHONE_WEBHOOK_URL', 'ftp://127.0.0.1'],
  ['EGRESS_ALLOW_CIDRS', '10.0.0.1'],
  ['EGRESS_ALLOW_CIDRS', '10.0.0.0/8 fd00::/8'],
  ['NPM_REGISTRY_URL', 'http://registry.example'],
  ['NPM_REGISTRY_URL', 'https://ada:secret@registry.example/'],
  ['NPM_REGISTRY_URL', 'registry.example'],
  ['NPM_CACHE_MB', '2.5'],
  ['OPERATOR_TOKEN', 'short'],
  ['SANDBOX_PROCESSES', '2000'],
  ['SANDBOX_MEMORY_MB', '64'],
  ['MAIL_FROM', 'nobody'],
  ['MAIL_FROM', 'Interlock <no-reply>'],
  ['LOG_LEVEL', 'trace'],
  ['NODE_ENV', 'staging'],
])('%s=%s stops the start with its name, and is not repeated', (name, value) => {
  expect(() => parseConfig({ [name]: value })).toThrow(new RegExp(`^${name}: `))
  expect(() => parseConfig({ [name]: value })).not.toThrow(value)
})

test.each([
  ['PORT', '65536', 'must be a whole number from 0 to 65535'],
  ['SMTP_URL', 'mail.example', 'must be a URL that begins with smtp:// or smtps://'],
  ['LOG_LEVEL', 'trace', 'must be one of debug, info, warn, error, silent'],
  ['MAIL_FROM', 'nobody', 'must be an address, alone or as "Name <address>"'],
])('%s=%s is told the rule', (name, value, rule) => {
  expect(() => parseConfig({ [name]: value })).toThrow(`${name}: ${rule}`)
})

test.each(['no-reply@example.com', 'Acme Support <help@acme.example>', '<a@b>'])('MAIL_FROM=%s is taken', (value) => {
  expect(parseConfig({ MAIL_FROM: value }).mailFrom).toBe(value)
})

test.each(['127.0.0.1', '10.0.0.0/8, fd00::/8', 'loopback'])('TRUST_PROXY=%s is taken', (value) => {
  expect(parseConfig({ TRUST_PROXY: value }).trustProxy).toBe(value)
})

test.each(['https://npm.example/api/npm/', 'http://localhost:4873', 'http://[::1]:4873/'])(
  'NPM_REGISTRY_URL=%s is taken',
  (value) => {
    expect(parseConfig({ NPM_REGISTRY_URL: value }).npmRegistryUrl).toBe(value)
  },
)

test('EGRESS_ALLOW_CIDRS is a list of ranges, empty by default', () => {
  expect(parseConfig({}).egressAllowCidrs).toEqual([])
  const { egressAllowCidrs } = parseConfig({ EGRESS_ALLOW_CIDRS: '10.0.0.0/8, fd00::/8' })
  expect(egressAllowCidrs).toEqual(['10.0.0.0/8', 'fd00::/8'])
})

test('in production every missing secret is named at once', () => {
  expect(() => parseConfig({ NODE_ENV: 'production' })).toThrow(/OPERATOR_TOKEN.*\n.*ENCRYPTION_KEYS.*\n.*SMTP_URL/)
})

describe('what turns out wrong at the start is named too', () => {
  let dataDir: string
  let other: Server
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'interlock-start-'))
    await writeFile(join(dataDir, 'file'), '')
    other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
  })
  afterAll(async () => {
    other.close()
    await rm(dataDir, { recursive: true })
  })
  const takenPort = () => String((other.address() as AddressInfo).port)

  test.each([
    ['ENCRYPTION_KEYS', () => 'k1:bm90IDMyIGJ5dGVz'],
    ['REDIS_URL', async () => `redis://127.0.0.1:${await freePort()}`],
    ['PORT', takenPort],
    // An address for documentation (RFC 5737), which no machine has.
    ['HOST', () => '192.0.2.1'],
    ['DATA_DIR', () => join(dataDir, 'file')],
    ['DATA_DIR', () => join(dataDir, 'file', 'below')],
  ])('%s', async (name, value) => {
    const environment = { DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent', [name]: await value() }
    await expect(startServer(parseConfig(environment))).rejects.toThrow(
      expect.objectContaining({ name: 'ConfigError', message: expect.stringMatching(`^${name}: `) }),
    )
  })
})
