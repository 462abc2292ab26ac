import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { WireProblem } from '../wire-problem.ts'

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** The operator's one bearer token. Hashes are compared: they have one length, and the time tells nothing. */
export const operatorAuth = fp(
  async (app: FastifyInstance, { operatorToken }: { operatorToken: string }) => {
    const expected = sha256(operatorToken)
    app.addHook('onRequest', async ({ headers }) => {
      const token = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
      if (token === undefined || !timingSafeEqual(sha256(token), expected)) throw new WireProblem(401, 'Invalid token')
    })
  },
  { name: 'operator-auth' },
)
