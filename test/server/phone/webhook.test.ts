import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, expect, test } from 'vitest'
import { createPhoneWebhook } from '../../../server/src/phone/webhook.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

const startGateway = async (answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> => {
  const server = createServer(answer).listen(0, '127.0.0.1')
  servers.push(server)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a numeric port.')
  return `http://127.0.0.1:${address.port}/send`
}

const message = { to: '+491511234567', via: 'sms', text: 'your code is 123456', provider: 'twilio' } as const

test('the gateway gets tenant, number, method, text and the provider the tenant has chosen as JSON', async () => {
  const received: Promise<{ method: string | undefined; type: string | undefined; body: unknown }>[] = []
  const url = await startGateway((request, response) => {
    const { method, headers } = request
    received.push(text(request).then((body) => ({ method, type: headers['content-type'], body: JSON.parse(body) })))
    response.writeHead(202).end()
  })
  await createPhoneWebhook(url).send('one', message)
  expect(await Promise.all(received)).toEqual([
    { method: 'POST', type: 'application/json', body: { tenant: 'one', ...message } },
  ])
})

test('an answer that is no 2xx is a failure, and its text does not carry the code', async () => {
  const url = await startGateway((_request, response) => response.writeHead(503).end('no'))
  const sent = createPhoneWebhook(url).send('one', message)
  await expect(sent).rejects.toThrow('The phone gateway answered with status 503.')
})

test('the code is not sent on to where the gateway points', async () => {
  const requests: string[] = []
  const url = await startGateway((request, response) => {
    requests.push(request.url ?? '')
    response.writeHead(307, { location: '/elsewhere' }).end()
  })
  await expect(createPhoneWebhook(url).send('one', message)).rejects.toThrow()
  expect(requests).toEqual(['/send'])
})
