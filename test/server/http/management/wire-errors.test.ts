import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { wireErrors } from '../../../../server/src/http/plugins/wire-errors.ts'

test('a fault of ours becomes a bland text and the id under which it is logged', async () => {
  const logged: string[] = []
  const app = Fastify({
    logger: { level: 'error', stream: { write: (line: string) => void logged.push(line) } },
    genReqId: () => 'request-7',
  })
  await app.register(wireErrors)
  app.get('/', async () => {
    throw new Error('password of the database')
  })
  const answer = await app.inject('/')
  expect(answer.json()).toEqual({
    statusCode: 500,
    error: 'Internal Server Error',
    message: 'An internal error occurred; it is logged as request-7.',
  })
  expect(logged.join()).toContain('request-7')
  expect(logged.join()).toContain('password of the database')
})
