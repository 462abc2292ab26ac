import { Validator } from '@seriousme/openapi-schema-validator'
import { parse } from 'node-html-parser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OpenApi } from '../../../../server/src/http/docs/openapi.ts'
import { type ApiApp, type ApiTenant, openApiApp } from '../../../support/api-app.ts'
import { type Documented, operationsOf, readOpenApi } from '../../../support/openapi.ts'

let app: ApiApp
let tenant: ApiTenant
let document: OpenApi
let operations: Documented[]
beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
  document = await readOpenApi(tenant)
  operations = operationsOf(document)
})
afterAll(() => app.close())

/** The rest are pages for people, files of pages, and what programs of this machine ask. */
const isApi = (route: string): boolean => /^\w+ \/(api|oauth|\.well-known|dbconnections|operator)\//.test(route)

const pathNames = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)

/** One is in no operation's list of the other's. */
const twoScopes = ['read:branding', 'create:user_tickets'] as const

test('the page shows every operation, and needs nothing from elsewhere', async () => {
  const { body, headers } = await tenant.open('GET', '/docs')
  expect(headers['content-type']).toBe('text/html; charset=utf-8')
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  const page = parse(body)
  const shown = page.querySelectorAll('section details[id]').map(({ id }) => id)
  expect(shown).toEqual(expect.arrayContaining(operations.map(({ operation }) => operation.operationId)))
  const links = page
    .querySelectorAll('[href], [src]')
    .map((element) => element.attributes.href ?? element.attributes.src)
  expect(links.filter((link = '') => !/^[/#]/.test(link))).toEqual([])
  const anchors = links.filter((link = '') => link.startsWith('#')).map((link = '') => link.slice(1))
  expect(anchors.filter((id) => !page.getElementById(id))).toEqual([])
})

describe('the OpenAPI document', () => {
  test('is valid', async () => {
    const { valid, errors } = await new Validator().validate({ ...structuredClone(document) })
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined })
  })

  test('has every route of the APIs, and no other', () => {
    const registered = app.routes().filter((route) => isApi(route) && !route.startsWith('HEAD '))
    expect(operations.map(({ name }) => name).toSorted()).toEqual(registered.toSorted())
  })

  test('says of each operation what it is for, and what it answers when it is done', () => {
    const silent = operations.filter(({ operation: { summary = '', responses } }) => {
      return summary === '' || !Object.keys(responses).some((status) => status.startsWith('2'))
    })
    expect(silent.map(({ name }) => name)).toEqual([])
  })

  test('describes every part of a path', () => {
    for (const { name, path, operation } of operations) {
      const described = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
      expect({ name, path: described.map((parameter) => parameter.name).toSorted() }).toEqual({
        name,
        path: pathNames(path).toSorted(),
      })
    }
  })

  test('names each operation once', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  test('names no scope that a management client cannot hold', () => {
    const known = Object.keys(document.components.securitySchemes.management.flows.clientCredentials.scopes)
    const used = operations.flatMap(({ operation }) => operation.security.flatMap(({ management = [] }) => management))
    expect(used.filter((scope) => !known.includes(scope))).toEqual([])
  })

  test('names the scopes that the route asks for', async () => {
    const callers = await Promise.all(
      twoScopes.map(async (scope) => ({ scope, call: tenant.callAs(await tenant.tokenFor(scope)) })),
    )
    for (const { name, method, path, operation } of operations.filter(({ path }) => path.startsWith('/api/v2/'))) {
      const scopes = operation.security.flatMap(({ management = [] }) => management)
      const { call } = callers.find(({ scope }) => !scopes.includes(scope))!
      const { status, body } = await call(method, path.replace('/api/v2', ''))
      const message = `Insufficient scope, expected any of: ${scopes.join(',')}`
      expect({ name, status, body }).toMatchObject({ name, status: 403, body: { message } })
    }
  })
})
