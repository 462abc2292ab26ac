/**
 * What holds for every route of the management API, whatever it is about. Each test asks all of them and lists those that
 * break the rule.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Answer, type ApiApp, type ApiTenant, type CallOptions, openApiApp } from '../../../support/api-app.ts'
import { listManagementRoutes, type ManagementRoute } from '../../../support/management-routes.ts'

/** An answer that never ends; test/journey/live-log.test.ts reads it. */
const endless = '/logs/stream'

/** More than all tests here ask together, however fast the machine is. */
const burst = 100_000

let app: ApiApp
let tenant: ApiTenant
let routes: ManagementRoute[]
beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
  await app.operator('PATCH', `/tenants/${tenant.name}/limits`, { body: { managementBurst: burst } })
  routes = await listManagementRoutes(app)
})
afterAll(() => app.close())

const nameOf = ({ method, path }: ManagementRoute) => `${method} ${path}`

/** Each parameter is the first of the words it may be, or a name that nothing has. */
const pathOf = ({ path, params }: ManagementRoute, id = 'nothing'): string => {
  const { properties = {} } = params ? propertiesOf(params) : {}
  return path.replace(/:(\w+)/g, (_, name) => properties[name]?.enum?.[0] ?? id)
}

const propertiesOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as {
    type?: string
    properties?: Record<string, { enum?: string[] }>
    additionalProperties?: unknown
  }

const ending = () => routes.filter(({ path }) => path !== endless)
const withBody = () => routes.filter(({ body }) => body)
const withQuery = () => ending().filter(({ query }) => query)

const ask = (route: ManagementRoute, options: CallOptions = {}, { by = tenant, search = '' } = {}): Promise<Answer> =>
  by.call(route.method, pathOf(route) + search, options)

/** Those whose answer is not as it should be, each with the answer. */
const breaches = async (
  asked: readonly ManagementRoute[],
  answerOf: (route: ManagementRoute) => Promise<Answer>,
  isRight: (answer: Answer, route: ManagementRoute) => boolean | Promise<boolean>,
): Promise<string[]> => {
  expect(asked.length).toBeGreaterThan(5)
  const found: string[] = []
  for (const route of asked) {
    const answer = await answerOf(route)
    if (!(await isRight(answer, route))) found.push(`${nameOf(route)}: ${answer.status} ${JSON.stringify(answer.body)}`)
  }
  return found
}

const reasons: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  415: 'Unsupported Media Type',
  429: 'Too Many Requests',
}

const isJson = ({ headers }: Answer) => headers['content-type'] === 'application/json; charset=utf-8'

/** `{ statusCode, error, message, errorCode? }`, and nothing else. */
const isRefusal = (answer: Answer, status: number, over: { message?: string; errorCode?: string } = {}): boolean => {
  const { statusCode, error, message, errorCode, ...more } = answer.body
  return (
    isJson(answer) &&
    answer.status === status &&
    statusCode === status &&
    error === reasons[status] &&
    typeof message === 'string' &&
    Object.keys(more).length === 0 &&
    (over.message === undefined || message.startsWith(over.message)) &&
    (over.errorCode === undefined || errorCode === over.errorCode)
  )
}

const tellsLimits = ({ headers }: Answer): boolean => {
  const [limit, left, reset] = ['limit', 'remaining', 'reset'].map((name) => Number(headers[`x-ratelimit-${name}`]))
  const seconds = Date.now() / 1_000
  return (
    limit === burst &&
    left !== undefined &&
    left >= 0 &&
    left <= limit &&
    reset !== undefined &&
    Math.abs(reset - seconds) < 30
  )
}

/** An answer that any client may get: never a fault of ours, and in the form that its status has. */
const isOrderly = (answer: Answer): boolean => {
  if (answer.status === 204) return answer.body === '' && answer.headers['content-type'] === undefined
  if (answer.status < 300) return isJson(answer)
  return isRefusal(answer, answer.status)
}

test('nobody calls without a token', async () => {
  const right = (answer: Answer) =>
    isRefusal(answer, 401, { message: 'Invalid token', errorCode: 'invalid_token' }) && tellsLimits(answer)
  const stranger = (token?: string) => (route: ManagementRoute) =>
    tenant.callAs(token)(route.method, pathOf(route), { text: '{' })
  expect(await breaches(routes, stranger(), right)).toEqual([])
  expect(await breaches(routes, stranger('a.b.c'), right)).toEqual([])
})

test('nobody calls without a scope of the route, which the refusal names, whatever the body is', async () => {
  const own = { actions: await tenant.tokenFor('read:actions'), logs: await tenant.tokenFor('read:logs') }
  const call = (route: ManagementRoute) =>
    tenant.callAs(route.scopes.includes('read:actions') ? own.logs : own.actions)(route.method, pathOf(route), {
      text: '{',
    })
  const right = (answer: Answer, { scopes }: ManagementRoute) =>
    isRefusal(answer, 403, {
      message: `Insufficient scope, expected any of: ${scopes.join(',')}`,
      errorCode: 'insufficient_scope',
    }) && tellsLimits(answer)
  expect(await breaches(routes, call, right)).toEqual([])
})

test('every answer says how much the tenant may still ask, in a form of its own status', async () => {
  const right = (answer: Answer) => isOrderly(answer) && tellsLimits(answer)
  expect(await breaches(ending(), (route) => ask(route), right)).toEqual([])
})

test('the text null is no body', async () => {
  const right = async (answer: Answer, route: ManagementRoute) => {
    const bare = await ask(route)
    return isOrderly(answer) && answer.status === bare.status && answer.body.message === bare.body.message
  }
  expect(await breaches(ending(), (route) => ask(route, { text: 'null' }), right)).toEqual([])
})

test('headers of the vendor’s clients change nothing', async () => {
  const headers = { 'auth0-client': 'eyJuYW1lIjoiYXV0aDAifQ==', 'auth0-custom-domain': 'login.example.com' }
  const right = async (answer: Answer, route: ManagementRoute) => answer.status === (await ask(route)).status
  expect(await breaches(ending(), (route) => ask(route, { headers }), right)).toEqual([])
})

/** Whether it takes certain properties and no others, every property, or is no object at all. */
const shapeOf = (schema: z.ZodType): 'certain properties' | 'leaky' | 'other' => {
  const { type, properties, additionalProperties } = propertiesOf(schema)
  if (type !== 'object' || !properties) return 'other'
  return additionalProperties === false ? 'certain properties' : 'leaky'
}

const refusesUnknown = (schema: z.ZodType | undefined, answer: Answer): boolean => {
  if (!schema || shapeOf(schema) === 'leaky') return false
  const why = shapeOf(schema) === 'other' ? '' : 'Additional properties not allowed: surplus'
  return isRefusal(answer, 400, { message: `Payload validation error: '${why}`, errorCode: 'invalid_body' })
}

test('a property that is not known is refused by its name', async () => {
  const right = (answer: Answer, { body }: ManagementRoute) => refusesUnknown(body, answer)
  expect(await breaches(withBody(), (route) => ask(route, { body: { surplus: 7 } }), right)).toEqual([])
})

test('pages have at most a hundred entries, and numbers', async () => {
  const paged = () =>
    withQuery().filter(({ query }) => {
      return query && 'per_page' in (propertiesOf(query).properties ?? {})
    })
  const right = (answer: Answer) =>
    isRefusal(answer, 400, { message: "Query validation error: '", errorCode: 'invalid_uri' })
  for (const search of ['?per_page=101', '?per_page=-1', '?page=x'])
    expect(await breaches(paged(), (route) => ask(route, {}, { search }), right)).toEqual([])
})

test('text that is no JSON, and no text at all, are refused as such', async () => {
  const broken = (answer: Answer) => isRefusal(answer, 400, { message: 'Invalid request payload JSON format' })
  expect(await breaches(withBody(), (route) => ask(route, { text: '{' }), broken)).toEqual([])
  const poisoned = { text: '{"__proto__":{}}' }
  expect(await breaches(withBody(), (route) => ask(route, poisoned), broken)).toEqual([])
  const other = { text: '<a/>', contentType: 'application/xml' }
  expect(
    await breaches(
      withBody(),
      (route) => ask(route, other),
      (answer) => isRefusal(answer, 415),
    ),
  ).toEqual([])
})

const withId = () => ending().filter(({ path }) => path.includes(':'))

test.each([
  ['a user', 'auth0%7C507f1f77bcf86cd799439011'],
  ['an authentication method', 'totp%7Cdev_0123456789abcdef'],
  ['several scripts', '%D0%BA%D0%BB%D1%8E%D1%87%20%F0%9F%94%91'],
  ['a path', '..%2F..%2Fetc%2Fpasswd'],
  ['a zero byte', 'a%00b'],
  ['escapes that make no text', '%E0%A4%A'],
  ['a great length', `auth0%7C${'x'.repeat(250)}`],
])('an id with the form of %s is an id like any other', async (_, id) => {
  const call = (route: ManagementRoute) => tenant.call(route.method, pathOf(route, id))
  // The router's own 404 would mean that nobody has looked for it.
  const right = (answer: Answer) => isOrderly(answer) && answer.body.message !== 'Not Found'
  expect(await breaches(withId(), call, right)).toEqual([])
})

test.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])(
  '%s of what is not there is a 404, never a 5xx',
  async (method) => {
    for (const path of ['/rules', '/hooks/1', '/', '/actions', '/actions/actions/x/nothing', '/users/x/nothing']) {
      const answer = await tenant.call(method, path)
      expect(isRefusal(answer, 404, { message: 'Not Found' }) && tellsLimits(answer), path).toBe(true)
    }
    expect((await tenant.callAs(undefined)(method, '/rules')).status).toBe(401)
  },
)

test('a method that a path does not have is a 404', async () => {
  const known = new Set(routes.map((route) => `${route.method} ${pathOf(route)}`))
  const foreign = routes
    .map((route) => ({ ...route, method: 'PUT' }))
    .filter((route) => !known.has(`${route.method} ${pathOf(route)}`))
  expect(
    await breaches(
      foreign,
      (route) => ask(route),
      (answer) => isRefusal(answer, 404),
    ),
  ).toEqual([])
})

test('who asks more often than the tenant may is told when to come again', async () => {
  const busy = await app.createTenant()
  await app.operator('PATCH', `/tenants/${busy.name}/limits`, { body: { managementBurst: 1, managementRate: 1 } })
  // One call a second is allowed: on a slow machine the first one may be.
  const untilRefused = async (route: ManagementRoute) => {
    let answer = await ask(route, {}, { by: busy })
    for (let tries = 0; answer.status !== 429 && tries < 5; tries += 1) answer = await ask(route, {}, { by: busy })
    return answer
  }
  const right = (answer: Answer) =>
    isRefusal(answer, 429, { message: 'Global limit has been reached' }) &&
    Number(answer.headers['retry-after']) === 1 &&
    Number(answer.headers['x-ratelimit-limit']) === 1 &&
    Number(answer.headers['x-ratelimit-remaining']) === 0 &&
    Math.abs(Number(answer.headers['x-ratelimit-reset']) - Date.now() / 1_000) < 30
  expect(await breaches(ending(), untilRefused, right)).toEqual([])
  expect((await tenant.call('GET', '/clients')).status).toBe(200)
})

test('who has no token takes nothing of what the tenant may ask', async () => {
  const own = await app.createTenant()
  await app.operator('PATCH', `/tenants/${own.name}/limits`, { body: { managementBurst: 3, managementRate: 1 } })
  for (let n = 0; n < 20; n += 1) expect((await own.callAs('a.b.c')('GET', '/clients')).status).toBe(401)
  const left = []
  for (let n = 0; n < 2; n += 1) left.push(Number((await own.call('GET', '/clients')).headers['x-ratelimit-remaining']))
  expect(left[0]).toBe(2)
})
