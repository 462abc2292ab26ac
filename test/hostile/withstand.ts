/** Runs an attack while a neighbour works and the server is asked for its health: nobody but the attacker may notice. */
import type { AddressInfo } from 'node:net'
import { type RunLimits, runLimits } from '@interlock/runtime'
import Fastify from 'fastify'
import { request } from 'undici'
import { expect } from 'vitest'
import { healthRoutes } from '../../server/src/http/health.ts'
import { executing, type TestRuntime } from '../support/runtime.ts'
import type { Attack } from './attacks/attack.ts'

let attackers = 0

/** A tenant of its own for each attack: what one of them lost is not held against the next. */
export const newAttacker = (): string => `mallory-${++attackers}`

/** It waits a little, so that asking for it again and again leaves the processor to the attack. */
const honest = executing(`await new Promise((done) => setTimeout(done, 10)); api.access.deny('ran')`)
const runsPerMinute = runLimits.runsPerMinute.largest

export const expectToServe = async (runtime: TestRuntime, tenant: string): Promise<void> => {
  const { decision } = await runtime.execute(honest, { tenant, limits: { runsPerMinute } })
  expect(decision).toEqual({ type: 'deny', reason: 'ran', action: 0 })
}

/** On the thread that supervises the sandbox processes, as in a whole server. */
const startHealth = async (): Promise<string> => {
  const app = Fastify()
  await app.register(healthRoutes({ checkStores: async () => {} }))
  await app.listen({ port: 0, host: '127.0.0.1' })
  app.server.unref()
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/healthz`
}
let health: Promise<string> | undefined

const expectHealth = async (): Promise<void> => {
  health ??= startHealth()
  const { statusCode, body } = await request(await health)
  await body.dump()
  expect(statusCode).toBe(200)
}

/** Serves the neighbour, and answers for its health, again and again until `work` has ended. */
export const besideNeighbour = async <Result>(runtime: TestRuntime, work: Promise<Result>): Promise<Result> => {
  let isOver = false
  const ended = work.finally(() => {
    isOver = true
  })
  do {
    await Promise.all([expectToServe(runtime, 'neighbour'), expectHealth()])
  } while (!isOver)
  return ended
}

/** The attack ends with one of its words, the flow fails closed, and the next run of attacker and neighbour works. */
export const withstand = async (
  runtime: TestRuntime,
  { source, endings }: Attack,
  limits: Partial<RunLimits>,
): Promise<void> => {
  const tenant = newAttacker()
  const result = await besideNeighbour(runtime, runtime.execute(source, { tenant, limits }))
  const ending = result.runs[0]?.ending
  expect(endings).toContain(ending)
  if (ending !== 'completed') expect(result.decision).toMatchObject({ type: 'fail', ending })
  await expectToServe(runtime, tenant)
  await expectToServe(runtime, 'neighbour')
}
