/** A live log over a real connection whose reader is slow. */
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LogStream } from '../../../../server/src/http/management/logs/event-stream.ts'
import type { LogEntry } from '../../../../server/src/logs/log-entry.ts'
import type { Tenant } from '../../../../server/src/tenants/tenant.ts'
import { aLine } from '../../../contract/live-log.contract.ts'

const server = createServer()
let entries: LogEntry[]
let response: ServerResponse
let reader: Socket
let stream: LogStream

beforeEach(async () => {
  entries = []
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const opened = once(server, 'request')
  reader = connect((server.address() as AddressInfo).port, '127.0.0.1')
  reader.write('GET / HTTP/1.1\r\nhost: localhost\r\n\r\n')
  response = (await opened)[1]
  const logs = { after: async (_: string, last?: string) => entries.filter(({ id }) => id > (last ?? '')) }
  const tenant = { name: 'acme', createdAt: 1 } as Tenant
  const tenants = { find: async () => tenant }
  stream = new LogStream({ logs, tenants, logger: { error: () => {} } }, response, { tenant, last: undefined })
})
afterEach(async () => {
  reader.destroy()
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

/** Reads on until `text` has come. */
const readUntil = async (text: RegExp): Promise<string> => {
  let read = ''
  for await (const chunk of reader) {
    read += String(chunk)
    if (text.test(read)) return read
  }
  throw new Error('The stream has ended.')
}

const long = 'x'.repeat(100_000)
const moreThanTheSystemKeeps = 200

test('who reads lines slowly misses some, is told how many at their place, and is not cut off', async () => {
  for (let n = 0; n < moreThanTheSystemKeeps; n++) stream.print([aLine(`${n} ${long}`)])
  expect(response.writableLength).toBeLessThan(1_000_000)
  expect(response.destroyed).toBe(false)
  const read = await readUntil(/"lines":\d+\}\n/)
  const heard = read.match(/^event: console$/gm)?.length ?? 0
  const [missed] = [...read.matchAll(/^event: console-dropped\ndata: \{"tenant":"acme","lines":(\d+)\}$/gm)]
  expect(Number(missed?.[1])).toBeGreaterThan(0)
  expect(heard + Number(missed?.[1])).toBe(moreThanTheSystemKeeps)
  expect(read.indexOf('console-dropped')).toBeGreaterThan(read.indexOf('"0 xxx'))
})

test('entries are not missed for the lines before them', async () => {
  for (let n = 0; n < moreThanTheSystemKeeps; n++) stream.print([aLine(`${n} ${long}`)])
  entries.push({ id: '1', type: 'sapi', description: 'after the flood', date: 0 })
  stream.read()
  expect(await readUntil(/after the flood/)).toContain('event: log')
})

test('what comes after its end is not written', async () => {
  for (let n = 0; n < moreThanTheSystemKeeps; n++) stream.print([aLine(long)])
  response.end()
  stream.print([aLine('too late')])
  stream.beat()
  let read = ''
  for await (const chunk of reader) {
    read += String(chunk)
    if (read.endsWith('0\r\n\r\n')) break
  }
  expect(read).not.toContain('too late')
})
