/** Sources that attack the compiler: each is answered in time, and nothing of the host is in the answer. */
import { buildLimits, defaultsOf } from '@interlock/runtime'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limits, openRuntime, type TestRuntime, textsOf } from '../support/runtime.ts'
import { bundleAttacks } from './attacks/bundle.ts'
import { besideNeighbour, newAttacker } from './withstand.ts'

let runtime: TestRuntime
beforeAll(async () => {
  runtime = await openRuntime({ processes: 3 })
})
afterAll(() => runtime.close())

/** What the build says, or the run where there is one. */
const answerTo = async (source: string): Promise<string> => {
  const tenant = newAttacker()
  const given = { ...defaultsOf(buildLimits), ...limits, buildMs: 5_000 }
  const built = await runtime.runtime.build({ tenant, source, limits: given })
  if (!built.ok) return textsOf(built.errors)
  const { decision, runs } = await runtime.execute(source, { tenant })
  return decision.type === 'deny' ? decision.reason : String(runs[0]?.error?.code)
}

test.each(bundleAttacks)('$title', async ({ source, answer }) => {
  const given = await besideNeighbour(runtime, answerTo(source))
  expect(given).toMatch(answer)
  expect(given).not.toMatch(/root:|PATH=|\.ts:/)
})
