import { DependencyError } from '@interlock/runtime'
import Fastify, { type FastifyBaseLogger } from 'fastify'
import { expect, test } from 'vitest'
import { registryFailed } from '../../../../server/src/http/management/actions/refusals.ts'
import { wireErrors } from '../../../../server/src/http/plugins/wire-errors.ts'
import { notFound } from '../../../../server/src/http/wire-problem.ts'
import { createLogger } from '../../../../server/src/logger.ts'

const answerTo = async (error: Error) => {
  const lines: Record<string, unknown>[] = []
  const logger = createLogger('warn', { write: (line) => void lines.push(JSON.parse(line)) })
  const app = Fastify({ loggerInstance: logger as FastifyBaseLogger })
  await app.register(wireErrors)
  app.get('/', () => Promise.reject(error))
  const { statusCode, body } = await app.inject('/')
  await app.close()
  return { statusCode, body, lines }
}

test('why the registry could not be reached is for the operator, in the log, and not for the author', async () => {
  const cause = new Error('self-signed certificate in certificate chain')
  const { statusCode, body, lines } = await answerTo(
    registryFailed(new DependencyError('ERR_DEPENDENCY_REGISTRY', 'The registry did not answer.', { cause })),
  )
  expect(statusCode).toBe(503)
  expect(body).toContain('The registry did not answer.')
  expect(body).not.toContain('self-signed')
  expect(lines).toEqual([
    expect.objectContaining({ level: 40, err: expect.objectContaining({ cause: expect.anything() }) }),
  ])
  expect(JSON.stringify(lines)).toContain('self-signed certificate in certificate chain')
})

test("a refusal that is the caller's own fault is no line of the log", async () => {
  expect(await answerTo(notFound('It is not there.'))).toMatchObject({ statusCode: 404, lines: [] })
})
