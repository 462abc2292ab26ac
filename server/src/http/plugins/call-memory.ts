/**
 * What the calls of one tenant hold of this server's memory: their bodies, from when they are announced, and their answers, until
 * they were read. Together they may take so much; then the tenant gets no more until some have ended:
 *
 * - a call that begins meanwhile is refused, and so is one whose body would come on top
 * - an answer that would come on top is refused as well where it only tells something. One that tells of a write is cut off
 *   with its connection: to say that nothing was done would be wrong
 */
import { finished } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { WireProblem } from '../wire-problem.ts'

const mostBytes = 67_108_864
/** A refusal is sent in any case. */
const refusalBytes = 4_096

const tooMuch = () =>
  new WireProblem(
    429,
    'The calls of this tenant that are under way hold too much memory: read their answers',
    'too_many_requests',
  )

/** As it is announced; one that says nothing of it may take all that its route allows. */
const bodyBytes = ({ headers, routeOptions: { bodyLimit } }: FastifyRequest): number =>
  headers['transfer-encoding'] === undefined ? Math.min(Number(headers['content-length'] ?? 0), bodyLimit) : bodyLimit

export const callMemory = fp(
  async (app: FastifyInstance) => {
    const held = new Map<string, number>()
    const heldBy = (tenant: string): number => held.get(tenant) ?? 0
    const hold = (tenant: string, bytes: number, until: Parameters<typeof finished>[0]): void => {
      if (bytes === 0) return
      held.set(tenant, heldBy(tenant) + bytes)
      finished(until, () => {
        const left = heldBy(tenant) - bytes
        if (left > 0) held.set(tenant, left)
        else held.delete(tenant)
      })
    }

    app.addHook('onRequest', async (request, { raw }) => {
      const { name } = request.tenant
      const bytes = bodyBytes(request)
      if (heldBy(name) + bytes > mostBytes) throw tooMuch()
      hold(name, bytes, raw)
    })
    app.addHook('onSend', async ({ tenant, method }, { raw }, payload) => {
      if (!tenant || typeof payload !== 'string') return payload
      const bytes = Buffer.byteLength(payload)
      if (bytes > refusalBytes && heldBy(tenant.name) + bytes > mostBytes) {
        if (method === 'GET') throw tooMuch()
        raw.destroy()
      }
      hold(tenant.name, bytes, raw)
      return payload
    })
  },
  { name: 'call-memory', dependencies: ['management-auth'] },
)
