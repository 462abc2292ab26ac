import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { openLineChannel } from '../../../runtime/src/process/line-channel.ts'

const open: (Socket | ReturnType<typeof createServer>)[] = []
afterEach(() => {
  for (const one of open.splice(0)) 'destroy' in one ? one.destroy() : one.close()
})

/** Two ends of a real socket. */
const socketPair = async (): Promise<[Socket, Socket]> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  const near = connect(address.port, '127.0.0.1')
  const [far] = (await once(server, 'connection')) as [Socket]
  open.push(near, far, server)
  return [near, far]
}

const listen = (socket: Socket, maximumLength = 100) => {
  const received: unknown[] = []
  const { promise: broken, resolve } = Promise.withResolvers<string>()
  const got = Promise.withResolvers<void>()
  const receive = (message: unknown) => {
    received.push(message)
    if (message === 'last') got.resolve()
  }
  openLineChannel(socket, { maximumLength, received: receive, broken: resolve })
  return { received, broken, last: got.promise }
}

test('messages arrive whole and in order, however the bytes are cut', async () => {
  const [near, far] = await socketPair()
  const { received, last } = listen(far)
  const bytes = Buffer.from('{"a":"é"}\n[1,\n'.replace(',\n', ',2]\n').concat('"last"\n'))
  for (const byte of bytes) near.write(Buffer.of(byte))
  await last
  expect(received).toEqual([{ a: 'é' }, [1, 2], 'last'])
})

test('a line break inside a message does not end it', async () => {
  const [near, far] = await socketPair()
  const { received, last } = listen(far)
  const channel = openLineChannel(near, { maximumLength: 100, received: () => {}, broken: () => {} })
  channel.send({ text: 'one\ntwo\u2028three' })
  near.write('"last"\n')
  await last
  expect(received[0]).toEqual({ text: 'one\ntwo\u2028three' })
})

test.each([
  ['a line that never ends', 'x'.repeat(101), 'a line is too long'],
  ['a line beyond the limit', `"${'x'.repeat(101)}"\n"last"\n`, 'a line is too long'],
  ['no JSON', '{oops}\n"last"\n', 'a line is not JSON'],
])('%s breaks the channel', async (_, bytes, reason) => {
  const [near, far] = await socketPair()
  const { received, broken } = listen(far)
  near.write(bytes)
  expect(await broken).toBe(reason)
  near.write('"more"\n')
  expect(received.filter((message) => message === 'more')).toEqual([])
})
