import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
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
  ['OPERATOR_TOKEN', 'short'],
  ['SANDBOX_PROCESSES', '0'],
  ['LOG_LEVEL', 'trace'],
  ['NODE_ENV', 'staging'],
])('%s=%s stops the start with its name, and is not repeated', (name, value) => {
  expect(() => parseConfig({ [name]: value })).toThrow(new RegExp(`^${name}: `))
  expect(() => parseConfig({ [name]: value })).not.toThrow(value)
})

test.each(['127.0.0.1', '10.0.0.0/8, fd00::/8', 'loopback'])('TRUST_PROXY=%s is taken', (value) => {
  expect(parseConfig({ TRUST_PROXY: value }).trustProxy).toBe(value)
})

test('in production every missing secret is named at once', () => {
  expect(() => parseConfig({ NODE_ENV: 'production' })).toThrow(/OPERATOR_TOKEN.*\n.*ENCRYPTION_KEYS.*\n.*SMTP_URL/)
})

test.each([
  ['ENCRYPTION_KEYS', () => 'k1:bm90IDMyIGJ5dGVz'],
  ['REDIS_URL', (port: number) => `redis://127.0.0.1:${port}`],
])('%s that turns out wrong at the start is named too', async (name, value) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'interlock-start-'))
  const environment = { DATA_DIR: dataDir, LOG_LEVEL: 'silent', [name]: value(await freePort()) }
  await expect(startServer(parseConfig(environment))).rejects.toThrow(new RegExp(`^${name}: `))
  await rm(dataDir, { recursive: true })
})
