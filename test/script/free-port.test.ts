import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect, test } from 'vitest'
import { requireFreePort } from '../../script/setup/free-port.mjs'

test('a port in use stops the start with another one to take', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  await expect(requireFreePort({ PORT: String(port) })).rejects.toThrow(`PORT=${port + 1} npm start`)
  other.close()
})

test('a free port lets the start go on', async () => {
  await expect(requireFreePort({ PORT: '0' })).resolves.toBeUndefined()
})

test('a port that is no number is left for the server to name', async () => {
  await expect(requireFreePort({ PORT: 'http' })).resolves.toBeUndefined()
})
