/** The server's own TLS listener, as a process with certificate files. */
import { copyFile, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { throwAwayCertificate } from '../../script/setup/certificate.mjs'
import { parseConfig } from '../../server/src/config.ts'
import { readKeyPair } from '../../server/src/tls.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { freePort } from '../support/services.ts'

let folder: string
let first: { certFile: string; keyFile: string }
let second: typeof first
let live: typeof first
let server: ServerProcess

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interlock-tls-'))
  first = await throwAwayCertificate({ DATA_DIR: join(folder, 'first') })
  second = await throwAwayCertificate({ DATA_DIR: join(folder, 'second') })
  live = { certFile: join(folder, 'live.pem'), keyFile: join(folder, 'live-key.pem') }
  await copyFile(first.certFile, live.certFile)
  await copyFile(first.keyFile, live.keyFile)
  const environment = { TLS_CERT_FILE: live.certFile, TLS_KEY_FILE: live.keyFile, LOG_LEVEL: 'info' }
  server = await startServerProcess({ port: await freePort(), dataDir: join(folder, 'data'), environment })
})
afterAll(async () => {
  await server.kill()
  await rm(folder, { recursive: true, force: true })
})

interface Handshake {
  fingerprint: string
  protocol: string | null
}

/** Trusts nobody but who is given. */
const shakeHands = (ca?: Buffer, version?: 'TLSv1.1' | 'TLSv1.2'): Promise<Handshake> =>
  new Promise((resolve, reject) => {
    const versions = version && { minVersion: version, maxVersion: version }
    const socket = connect({ host: '127.0.0.1', port: server.port, servername: 'localhost', ca: ca ?? [], ...versions })
    socket.once('secureConnect', () => {
      resolve({ fingerprint: socket.getPeerCertificate().fingerprint256, protocol: socket.getProtocol() })
      socket.end()
    })
    socket.once('error', reject)
  })

test('who trusts the certificate is served, who does not is not', async () => {
  const { cert } = readKeyPair(first)
  expect((await shakeHands(cert)).protocol).toBe('TLSv1.3')
  expect((await shakeHands(cert, 'TLSv1.2')).protocol).toBe('TLSv1.2')
  await expect(shakeHands()).rejects.toThrow(/self-signed/)
})

test('versions of TLS that are broken are refused', async () => {
  await expect(shakeHands(readKeyPair(first).cert, 'TLSv1.1')).rejects.toThrow()
})

test('plain HTTP gets no answer on that port', async () => {
  await expect(fetch(`http://127.0.0.1:${server.port}/healthz`)).rejects.toThrow('fetch failed')
})

const untilLogged = (text: string) =>
  expect.poll(() => server.log().some((line) => line.includes(text)), { timeout: 20_000 })

test('a certificate that changes to one that does not fit leaves the one in use; a renewed one takes its place', async () => {
  const before = await shakeHands(readKeyPair(first).cert)
  await writeFile(live.certFile, 'nothing of the kind')
  await untilLogged('the earlier one stays').toBe(true)
  expect(await shakeHands(readKeyPair(first).cert)).toEqual(before)

  // As certbot and Kubernetes do: a new file takes the name.
  for (const name of ['certFile', 'keyFile'] as const) {
    await copyFile(second[name], `${live[name]}.new`)
    await rename(`${live[name]}.new`, live[name])
  }
  await untilLogged('the certificate was read again').toBe(true)
  const { cert } = readKeyPair(second)
  expect((await shakeHands(cert)).fingerprint).not.toBe(before.fingerprint)
})

test.each([
  ['TLS_CERT_FILE', {}, 'TLS_KEY_FILE: required with TLS_CERT_FILE'],
  ['TLS_KEY_FILE', {}, 'TLS_CERT_FILE: required with TLS_KEY_FILE'],
])('%s alone stops the start', (name, rest, message) => {
  expect(() => parseConfig({ [name]: '/somewhere', ...rest })).toThrow(message)
})

test.each([
  [
    'a file that is not there',
    () => ({ ...first, certFile: join(folder, 'none.pem') }),
    'TLS_CERT_FILE: must be a file',
  ],
  ['no certificate', () => ({ ...first, certFile: first.keyFile }), 'TLS_CERT_FILE: must hold a certificate'],
  ['no key', () => ({ ...first, keyFile: first.certFile }), 'TLS_KEY_FILE: must hold a private key'],
  [
    'the key of another',
    () => ({ ...first, keyFile: second.keyFile }),
    'TLS_KEY_FILE: is not the key of TLS_CERT_FILE',
  ],
])('%s is named, and nothing of it is repeated', (_, files, message) => {
  expect(() => readKeyPair(files())).toThrow(message)
  expect(() => readKeyPair(files())).not.toThrow(/BEGIN/)
})

test('a throw-away certificate is kept, so that it need not be trusted anew', async () => {
  const { cert } = readKeyPair(first)
  const again = await throwAwayCertificate({ DATA_DIR: join(folder, 'first') })
  expect(readKeyPair(again).cert.equals(cert)).toBe(true)
})
