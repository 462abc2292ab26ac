/** How many tokens a tenant's clients may ask for, and that those who only guess take none of it. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type Answer, type ApiApp, type ApiTenant, openApiApp, requestToken } from '../../../support/api-app.ts'

let app: ApiApp
let tenant: ApiTenant
beforeAll(async () => {
  app = await openApiApp()
})
afterAll(() => app.close())
beforeEach(async () => {
  tenant = await app.createTenant()
  // What the tenant was made with has been paid for.
  app.advance(60_000)
})

const limitTo = (tokenBurst: number, tokenRate = 1) =>
  app.operator('PATCH', `/tenants/${tenant.name}/limits`, { body: { tokenBurst, tokenRate } })

const ask = (over: Record<string, string> = {}, of = tenant): Promise<Answer> =>
  requestToken(of.open, {
    grant_type: 'client_credentials',
    ...of.client,
    audience: `http://${of.host}/api/v2/`,
    ...over,
  })
const guess = () => ask({ client_secret: 'a-wrong-secret' })

/** One request a second is always allowed: on a slow machine it may take some more until nothing is left. */
const untilRefused = async (once: () => Promise<Answer>): Promise<Answer[]> => {
  const answers = [await once()]
  while (answers.at(-1)?.status !== 429 && answers.length < 60) answers.push(await once())
  return answers
}
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status)
const left = ({ headers }: Answer) => Number(headers['x-ratelimit-remaining'])

const logged = async (type: string): Promise<number> =>
  (await tenant.call('GET', `/logs?q=type:${type}&include_totals=true`)).body.total

test('a tenant’s clients get thirty at once by default, and thirty a second after that', async () => {
  expect((await app.operator('GET', `/tenants/${tenant.name}/limits`)).body).toMatchObject({
    tokenBurst: { value: 30, default: 30 },
    tokenRate: { value: 30, default: 30 },
  })
  await app.operator('PATCH', `/tenants/${tenant.name}/limits`, { body: { tokenRate: 1 } })
  const answers = await untilRefused(ask)
  expect(statuses(answers.slice(0, 30))).toEqual(Array.from({ length: 30 }, () => 200))
  expect(answers.map(({ headers }) => headers['x-ratelimit-limit'])).toEqual(answers.map(() => '30'))
  expect(answers.at(-1)?.status).toBe(429)
})

test('beyond them a client is told when to come again, in the form of the token endpoint, and then gets one', async () => {
  await limitTo(2)
  const answers = await untilRefused(ask)
  expect(answers.slice(0, 2).map(left)).toEqual([1, 0])
  const refused = answers.at(-1)
  expect(refused).toMatchObject({
    status: 429,
    body: { error: 'too_many_requests', error_description: 'Global limit has been reached' },
    headers: { 'retry-after': '1', 'x-ratelimit-limit': '2', 'x-ratelimit-remaining': '0' },
  })
  expect(Number(refused?.headers['x-ratelimit-reset'])).toBeGreaterThan(app.adapters.clock.now() / 1_000 - 30)
  app.advance(1_000)
  expect((await ask()).status).toBe(200)
})

test('another tenant has its own', async () => {
  await limitTo(1)
  await untilRefused(ask)
  expect((await ask({}, await app.createTenant())).status).toBe(200)
})

test('who only guesses is refused after as many tries, whatever is tried, and takes nothing from those who do not', async () => {
  await limitTo(3)
  const tries = await untilRefused(guess)
  expect(statuses(tries.slice(0, 3))).toEqual([401, 401, 401])
  expect(tries.at(-1)?.status).toBe(429)
  const strangers = [{ client_id: 'nobody' }, { client_secret: '' }, { client_assertion: 'a.b.c', client_secret: '' }]
  for (const over of strangers) expect((await untilRefused(() => ask(over))).at(-1)?.status).toBe(429)
  const right = await ask()
  expect(right.status).toBe(200)
  expect(left(right)).toBe(2)
})

test('a flood of guesses is told in the log by a few entries, not by one for each', async () => {
  await limitTo(3)
  const tries = 50
  for (let n = 0; n < tries; n += 1) await guess()
  expect(await logged('feccft')).toBeGreaterThanOrEqual(3)
  expect(await logged('feccft')).toBeLessThan(tries / 2)
  expect(await logged('api_limit')).toBe(1)
})

test('every answer says what is left, also one to a request that was not counted', async () => {
  await limitTo(5)
  const answers = [
    await ask(),
    await guess(),
    await tenant.open('POST', '/oauth/token', { text: '{', contentType: 'application/json' }),
    await tenant.open('POST', '/oauth/token', { body: {} }),
  ]
  expect(statuses(answers)).toEqual([200, 401, 400, 400])
  for (const answer of answers) expect(left(answer)).toBeGreaterThanOrEqual(4)
})
