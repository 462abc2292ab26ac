/** Every sample action is built and run as its own scenario says, in real isolates. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import {
  type BoundAction,
  buildLimits,
  createRuntime,
  type Decision,
  defaultsOf,
  type ExecutionResult,
  type Position,
  type Runtime,
  runLimits,
} from '@interlock/runtime'
import type { PasswordResetPostChallengeEvent } from '@interlock/sdk-types'
import { decodeJwt, jwtVerify, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type {
  AnswerToken,
  EventPatch,
  Expected,
  ExpectedDemand,
  Scenario,
  ScenarioStep,
} from '../sample-actions/scenario.mts'

const samples = globSync('sample-actions/*/action.{js,ts}').map((file) => ({ name: basename(dirname(file)), file }))
const tenant = 'samples'
const redirectState = 'state-of-this-redirect'

const everydayEvent: Omit<PasswordResetPostChallengeEvent, 'secrets'> = {
  authentication: { methods: [{ name: 'email', timestamp: '2026-01-01T00:00:00.000Z' }] },
  authorization: { roles: [] },
  client: { client_id: 'client', name: 'Sample app', metadata: {} },
  configuration: {},
  connection: { id: 'con_sample', name: 'Username-Password-Authentication', strategy: 'auth0' },
  request: { ip: '203.0.113.9', method: 'GET', hostname: 'login.example.com', query: {}, body: {}, geoip: {} },
  stats: { logins_count: 1 },
  tenant: { id: tenant },
  transaction: { locale: 'en', ui_locales: [] },
  user: {
    user_id: 'auth0|ada',
    email: 'ada@example.com',
    email_verified: true,
    created_at: '2025-01-01T00:00:00.000Z',
    updated_at: '2025-01-01T00:00:00.000Z',
    app_metadata: {},
    user_metadata: {},
    identities: [],
    enrolledFactors: [],
  },
}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const merged = (base: Record<string, unknown>, patch: Record<string, unknown>): Record<string, unknown> => {
  const result = { ...base }
  for (const [key, value] of Object.entries(patch)) {
    const before = result[key]
    result[key] = isPlainObject(before) && isPlainObject(value) ? merged(before, value) : value
  }
  return result
}

const eventOf = (...patches: (EventPatch | undefined)[]): Record<string, unknown> =>
  patches.reduce<Record<string, unknown>>((event, patch) => merged(event, patch ?? {}), { ...everydayEvent })

const encodedSecret = (secret: string): Uint8Array => new TextEncoder().encode(secret)

const signed = ({ claims, secret }: AnswerToken): Promise<string> =>
  new SignJWT({ state: redirectState, sub: everydayEvent.user.user_id, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime('5 minutes')
    .sign(encodedSecret(secret))

const requestOf = async ({ request, answerToken }: ScenarioStep): Promise<EventPatch> => {
  const token = answerToken && { [answerToken.parameter]: await signed(answerToken) }
  return { request: { query: { ...request?.query, ...token }, body: { ...request?.body } } }
}

const expectRedirect = async (url: string, expected: Extract<ExpectedDemand, { type: 'redirect' }>): Promise<void> => {
  const actual = new URL(url)
  if (expected.token) {
    const token = actual.searchParams.get(expected.token.parameter) ?? ''
    await jwtVerify(token, encodedSecret(expected.token.secret), { algorithms: ['HS256'] })
    expect(decodeJwt(token)).toMatchObject(expected.token.claims)
    actual.searchParams.delete(expected.token.parameter)
  }
  expect(actual.href).toBe(expected.url)
}

const expectPause = async (
  decision: Extract<Decision, { type: 'pause' }>,
  demands: readonly ExpectedDemand[],
): Promise<void> => {
  expect(decision.demands.map((demand) => demand.type)).toEqual(demands.map((demand) => demand.type))
  for (const [index, expected] of demands.entries()) {
    const actual = decision.demands[index]
    if (expected.type === 'redirect' && actual?.type === 'redirect') await expectRedirect(actual.url, expected)
    else expect(actual).toEqual(expected)
  }
}

const expectDecision = async ({ decision, runs }: ExecutionResult, expected: Expected): Promise<void> => {
  if (decision.type === 'pause' && expected.type === 'pause') return expectPause(decision, expected.demands)
  if (decision.type === 'fail' && expected.type === 'fail') {
    expect(decision.ending).toBe(expected.ending)
    expect(runs.at(-1)?.error?.message).toContain(expected.message)
    return
  }
  expect(decision).toMatchObject(expected)
}

const scenariosOf = async (name: string): Promise<readonly Scenario[]> => {
  const module: { scenarios: readonly Scenario[] } = await import(`../sample-actions/${name}/scenario.mts`)
  return module.scenarios
}

let runtime: Runtime
beforeAll(async () => {
  runtime = await createRuntime({ processes: 1 })
})
afterAll(() => runtime?.close())

const built = async (name: string, file: string): Promise<Omit<BoundAction, 'secrets'>> => {
  const limits = { ...defaultsOf(buildLimits), cpuMs: runLimits.cpuMs.default, heapMb: runLimits.heapMb.default }
  const result = await runtime.build({ tenant, source: readFileSync(file, 'utf8'), limits })
  if (!result.ok) throw new Error(`${name} does not build: ${result.errors.map((error) => error.text).join('; ')}`)
  return { name, artifact: result.artifact }
}

const play = async (action: BoundAction, scenario: Scenario): Promise<void> => {
  let position: Position = { action: 0, handler: 'onExecutePostChallenge' }
  for (const step of scenario.steps) {
    expect(position.handler).toBe(step.handler)
    const result = await runtime.execute({
      tenant,
      actions: [action],
      event: eventOf(scenario.event, step.handler === 'onContinuePostChallenge' ? await requestOf(step) : undefined),
      position,
      cache: {},
      redirectState,
      limits: defaultsOf(runLimits),
    })
    await expectDecision(result, step.expect)
    if (result.decision.type === 'pause') position = result.decision.next
  }
}

describe.each(samples)('$name', async ({ name, file }) => {
  test('says what it is for', () => {
    expect(existsSync(join(dirname(file), 'README.md'))).toBe(true)
  })

  test.each(await scenariosOf(name))('$name', async (scenario) => {
    await play({ ...(await built(name, file)), secrets: scenario.secrets ?? {} }, scenario)
  })
})
