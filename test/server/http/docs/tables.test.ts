/** The tables of requests in the documents, held against the OpenAPI document: the requests, and what each needs. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiApp, openApiApp } from '../../../support/api-app.ts'
import { type Documented, operationsOf, readOpenApi } from '../../../support/openapi.ts'

let app: ApiApp
let operations: Documented[]
beforeAll(async () => {
  app = await openApiApp()
  operations = operationsOf(await readOpenApi(await app.createTenant()))
})
afterAll(() => app.close())

/** The cells of every row whose first cell names requests. */
const rowsOf = (page: string): string[][] =>
  readFileSync(new URL(`../../../../docs/${page}`, import.meta.url), 'utf8')
    .split('\n')
    .map((line) => line.split('|').slice(1, -1))
    .filter(([first = '']) => /^ `[A-Z]{3,}[` ]/.test(first))

const anyName = (path: string): string => path.replace(/\{\w+\}/g, '{}')

/** `GET`, `POST /clients`, or `GET /tenants`, `GET /tenants/{name}`: methods count for the next path. */
const requestsIn = (cell: string): string[] => {
  const requests: string[] = []
  let methods: string[] = []
  for (const [, method = '', path] of cell.matchAll(/`([A-Z]{3,})(?: (\/[^`?]*))?`/g)) {
    methods.push(method)
    if (path === undefined) continue
    requests.push(...methods.map((name) => `${name} ${anyName(path)}`))
    methods = []
  }
  return requests
}

const requestsBelow = (prefix: string) =>
  new Map(
    operations
      .filter(({ path }) => path.startsWith(`${prefix}/`))
      .map(({ method, path, operation }) => [`${method} ${anyName(path.slice(prefix.length))}`, operation]),
  )

const tables = [
  { page: 'management-api.md', prefix: '/api/v2' },
  { page: 'operators.md', prefix: '/operator/v1' },
]

test.each(tables)('$page lists every request below $prefix, and no other', ({ page, prefix }) => {
  const listed = rowsOf(page).flatMap(([first = '']) => requestsIn(first))
  expect(listed.toSorted()).toEqual([...requestsBelow(prefix).keys()].toSorted())
})

test('the page on the management API names the scope of each request', () => {
  const requests = requestsBelow('/api/v2')
  const verbs = (request: string): string[] => {
    const [first = {}] = requests.get(request)?.security ?? []
    return Object.values(first).flatMap((scopes) => scopes.map((scope) => scope.split(':')[0] ?? ''))
  }
  const wrong = rowsOf('management-api.md').filter(([first = '', needs = '']) => {
    const needed = [...new Set(requestsIn(first).flatMap(verbs))]
    return needs.trim() !== needed.join(', ')
  })
  expect(wrong.map(([first = '', needs = '']) => `${first.trim()} needs ${needs.trim()}`)).toEqual([])
})
