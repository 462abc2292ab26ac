/**
 * Answers that their callers do not read wait in this server's memory. Those of one tenant may take so much together; then it
 * gets no more until some were read:
 *
 * - a call that begins meanwhile is refused
 * - an answer that would come on top is refused as well where it only tells something. One that tells of a write is cut off
 *   with its connection: to say that nothing was done would be wrong
 */
import { finished } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { WireProblem } from '../wire-problem.ts'

const mostBytes = 67_108_864
/** A refusal is sent in any case. */
const refusalBytes = 4_096

const tooMuch = () =>
  new WireProblem(429, 'Too many answers of this tenant wait to be read by its callers', 'too_many_requests')

export const unreadAnswers = fp(
  async (app: FastifyInstance) => {
    const unread = new Map<string, number>()
    const add = (tenant: string, bytes: number): void => {
      const sum = (unread.get(tenant) ?? 0) + bytes
      if (sum > 0) unread.set(tenant, sum)
      else unread.delete(tenant)
    }

    app.addHook('onRequest', async ({ tenant }) => {
      if ((unread.get(tenant.name) ?? 0) > mostBytes) throw tooMuch()
    })
    app.addHook('onSend', async ({ tenant, method }, { raw }, payload) => {
      if (!tenant || typeof payload !== 'string') return payload
      const bytes = Buffer.byteLength(payload)
      if (bytes > refusalBytes && (unread.get(tenant.name) ?? 0) + bytes > mostBytes) {
        if (method === 'GET') throw tooMuch()
        raw.destroy()
      }
      add(tenant.name, bytes)
      finished(raw, () => add(tenant.name, -bytes))
      return payload
    })
  },
  { name: 'unread-answers', dependencies: ['management-auth'] },
)
