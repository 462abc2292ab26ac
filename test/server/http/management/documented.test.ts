import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiApp, openApiApp } from '../../../support/api-app.ts'
import { listManagementRoutes } from '../../../support/management-routes.ts'

let app: ApiApp
beforeAll(async () => {
  app = await openApiApp()
})
afterAll(() => app.close())

const page = readFileSync(new URL('../../../../docs/management-api.md', import.meta.url), 'utf8')

const anyName = (path: string) => path.replace(/:\w+|\{\w+\}/g, '{}')

/** Of a cell such as `GET`, `PUT /guardian/policies`. */
const requestsIn = (cell: string): string[] =>
  [...cell.matchAll(/[A-Z]{3,}/g)].map(([method]) => `${method} ${anyName(/\/[^`]+/.exec(cell)?.[0] ?? '')}`)

test('the page on the management API lists every request it answers, and no other', async () => {
  const answered = (await listManagementRoutes(app)).map(({ method, path }) => `${method} ${anyName(path)}`)
  const cells = page.split('\n').map((line) => line.split('|')[1] ?? '')
  const listed = cells.filter((cell) => /^ `[A-Z]/.test(cell)).flatMap(requestsIn)
  expect(listed.toSorted()).toEqual(answered.toSorted())
})
