/** A name server of the tests: answers A and AAAA questions over UDP on loopback. */
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { isIPv4 } from 'node:net'

export interface DnsServer {
  /** `ip:port`, as a resolver takes it. */
  address: string
  /** Questions answered so far, as names. */
  asked: string[]
  close(): Promise<void>
}

/** Addresses of a name, asked anew for each question; none for a name that does not exist; `silent` for no answer. */
export type Zone = (name: string, type: 'A' | 'AAAA') => readonly string[] | 'silent'

const readName = (message: Buffer): { name: string; end: number } => {
  const labels: string[] = []
  let at = 12
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 }
}

const ipv6Bytes = (address: string): Buffer => {
  const [head = '', tail] = address.split('::')
  const words = (text: string) => (text === '' ? [] : text.split(':').map((word) => Number.parseInt(word, 16)))
  const [first, last] = [words(head), words(tail ?? '')]
  const all = tail === undefined ? first : [...first, ...Array(8 - first.length - last.length).fill(0), ...last]
  return Buffer.from(all.flatMap((word) => [word >> 8, word & 255]))
}

/** RFC 1035, 4.1.3, with the name as a pointer to the question's. */
const record = (address: string): Buffer => {
  const bytes = isIPv4(address) ? Buffer.from(address.split('.').map(Number)) : ipv6Bytes(address)
  const head = Buffer.alloc(12)
  head.writeUInt16BE(0xc00c, 0)
  head.writeUInt16BE(bytes.length === 4 ? 1 : 28, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(bytes.length, 10)
  return Buffer.concat([head, bytes])
}

export const startDnsServer = async (zone: Zone): Promise<DnsServer> => {
  const socket = createSocket('udp4')
  const asked: string[] = []
  socket.on('message', (message, { port, address }) => {
    const { name, end } = readName(message)
    asked.push(name)
    const addresses = zone(name, message.readUInt16BE(end) === 1 ? 'A' : 'AAAA')
    if (addresses === 'silent') return
    const reply = Buffer.from(message.subarray(0, end + 4))
    reply.writeUInt16BE(addresses.length > 0 ? 0x8180 : 0x8183, 2)
    reply.writeUInt16BE(addresses.length, 6)
    reply.writeUInt32BE(0, 8)
    socket.send(Buffer.concat([reply, ...addresses.map(record)]), port, address)
  })
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked,
    close: () => new Promise((done) => socket.close(() => done())),
  }
}
