/**
 * What the OpenAPI document says of inputs, asked of the server itself: each operation takes its own example, and refuses what
 * the document rules out, by the name of the property.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { JsonSchema } from '../../../../server/src/http/docs/json-schema.ts'
import type { Parameter } from '../../../../server/src/http/docs/operation.ts'
import { type Answer, type ApiApp, type ApiTenant, type Json, openApiApp } from '../../../support/api-app.ts'
import { type Documented, operationsOf, readOpenApi } from '../../../support/openapi.ts'

/** An answer that never ends; test/journey/live-log.test.ts reads it. */
const endless = '/api/v2/logs/stream'

let app: ApiApp
let tenant: ApiTenant
let operations: Documented[]
beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
  operations = operationsOf(await readOpenApi(tenant)).filter(({ path }) => path !== endless)
})
afterAll(() => app.close())

interface Input {
  body?: Json
  query?: Record<string, string>
}

const parametersOf = ({ operation }: Documented, place: Parameter['in']): Parameter[] =>
  (operation.parameters ?? []).filter((parameter) => parameter.in === place)

/** Each part is the first of the words it may be, or a name that nothing has. */
const pathOf = (documented: Documented, template = documented.path): string =>
  parametersOf(documented, 'path').reduce(
    (path, { name, schema }) => path.replace(`{${name}}`, String(schema.enum?.[0] ?? 'nothing')),
    template,
  )

const neededQuery = (documented: Documented): Record<string, string> =>
  Object.fromEntries(
    parametersOf(documented, 'query')
      .filter(({ required }) => required)
      .map(({ name }) => [name, 'text']),
  )

const ask = (documented: Documented, { body, query = {} }: Input, path = pathOf(documented)): Promise<Answer> => {
  const search = new URLSearchParams({ ...neededQuery(documented), ...query }).toString()
  const call = documented.path.startsWith('/operator/') ? app.operator : tenant.open
  const headers = documented.path.startsWith('/api/') ? { authorization: `Bearer ${tenant.token}` } : {}
  return call(documented.method, `${path.replace('/operator/v1', '')}${search && `?${search}`}`, { body, headers })
}

const mediaOf = ({ operation }: Documented) => operation.requestBody?.content['application/json']

/** The form that the example has. */
const formOf = (schema: JsonSchema): JsonSchema => (schema.oneOf?.[0] ?? schema.anyOf?.[0] ?? schema) as JsonSchema

const withBody = () =>
  operations.flatMap((documented) => {
    const media = mediaOf(documented)
    return media ? [{ documented, form: formOf(media.schema), example: media.example as Json }] : []
  })

const isRefused = (
  documented: Documented,
  answer: Answer,
  part: 'Payload' | 'Query' | 'Path',
  name: string,
): boolean => {
  const { body, status } = answer
  if (documented.path.startsWith('/oauth/')) return status === 400 && body.error_description.includes(`: ${name}`)
  if (documented.path.startsWith('/dbconnections/')) return status === 400 && body.error_description.startsWith(name)
  return (
    status === 400 &&
    body.statusCode === 400 &&
    body.error === 'Bad Request' &&
    body.message.startsWith(`${part} validation error: '`) &&
    body.message.includes(name) &&
    body.errorCode === (part === 'Payload' ? 'invalid_body' : 'invalid_uri')
  )
}

const told = ({ name }: Documented, what: string, { status, body }: Answer): string =>
  `${name}, ${what}: ${status} ${JSON.stringify(body)}`

/** A value of a type that the schema does not have; `undefined` where every type fits. */
const wrongFor = (schema: JsonSchema): unknown => {
  const variants = (schema.anyOf ?? schema.oneOf ?? [schema]) as JsonSchema[]
  const types = variants.flatMap(({ type, const: only, enum: values }) => type ?? typeof (only ?? values?.[0]))
  if (types.includes('undefined')) return undefined
  return types.includes('boolean') ? 'text' : true
}

test('an example is taken as it is', async () => {
  const refused: string[] = []
  for (const { documented, example } of withBody()) {
    const answer = await ask(documented, { body: example })
    if (answer.status === 400 || answer.status >= 500) refused.push(told(documented, JSON.stringify(example), answer))
  }
  expect(refused).toEqual([])
})

test('a property that is not known is refused by its name', async () => {
  const closed = withBody().filter(({ form }) => form.additionalProperties === false)
  expect(closed.length).toBeGreaterThan(10)
  const taken: string[] = []
  for (const { documented, example } of closed) {
    const answer = await ask(documented, { body: { ...example, surplus: 1 } })
    const text = 'Additional properties not allowed: surplus'
    if (!isRefused(documented, answer, 'Payload', text)) taken.push(told(documented, 'surplus', answer))
  }
  expect(taken).toEqual([])
})

test('a property of a wrong type is refused by its name', async () => {
  const taken: string[] = []
  for (const { documented, form, example } of withBody()) {
    for (const [name, schema] of Object.entries((form.properties ?? {}) as Record<string, JsonSchema>)) {
      const wrong = wrongFor(schema)
      if (wrong === undefined) continue
      const answer = await ask(documented, { body: { ...example, [name]: wrong } })
      if (!isRefused(documented, answer, 'Payload', name)) taken.push(told(documented, name, answer))
    }
  }
  expect(taken).toEqual([])
})

test('a property that must be there is asked for by its name', async () => {
  const taken: string[] = []
  for (const { documented, form, example } of withBody()) {
    for (const name of form.required ?? []) {
      const { [name]: _, ...rest } = example
      const answer = await ask(documented, { body: rest })
      if (!isRefused(documented, answer, 'Payload', name)) taken.push(told(documented, name, answer))
    }
  }
  expect(taken).toEqual([])
})

test('a parameter that is no number, no flag and none of the words is refused by its name', async () => {
  const taken: string[] = []
  for (const documented of operations) {
    const strict = parametersOf(documented, 'query').filter(
      ({ schema }) => schema.enum !== undefined || schema.type === 'integer' || schema.type === 'boolean',
    )
    for (const { name } of strict) {
      const answer = await ask(documented, { query: { [name]: 'nonsense' } })
      if (!isRefused(documented, answer, 'Query', name)) taken.push(told(documented, name, answer))
    }
  }
  expect(taken).toEqual([])
})

test('a parameter that is not known is refused by its name, also where there is none at all', async () => {
  const closed = operations.filter(({ path }) => /^\/(api|operator)\//.test(path))
  const taken: string[] = []
  for (const documented of closed) {
    const body = mediaOf(documented)?.example
    const answer = await ask(documented, { body, query: { surplus: '1' } })
    const text = 'Additional properties not allowed: surplus'
    if (!isRefused(documented, answer, 'Query', text)) taken.push(told(documented, 'surplus', answer))
  }
  expect(taken).toEqual([])
})

test('an id that nothing has is answered as the document says', async () => {
  const surprising: string[] = []
  for (const documented of operations.filter(({ path }) => path.includes('{'))) {
    const answer = await ask(documented, { body: mediaOf(documented)?.example })
    const isTold = String(answer.status) in documented.operation.responses
    if (!isTold || answer.status >= 500) surprising.push(told(documented, 'nothing', answer))
  }
  expect(surprising).toEqual([])
})

test('a word that a path does not have is refused by its name', async () => {
  const taken: string[] = []
  for (const documented of operations) {
    for (const { name } of parametersOf(documented, 'path').filter(({ schema }) => schema.enum !== undefined)) {
      const path = pathOf(documented, documented.path.replace(`{${name}}`, 'nonsense'))
      const answer = await ask(documented, { body: mediaOf(documented)?.example }, path)
      if (!isRefused(documented, answer, 'Path', name)) taken.push(told(documented, name, answer))
    }
  }
  expect(taken).toEqual([])
})
