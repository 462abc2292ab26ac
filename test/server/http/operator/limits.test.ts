import { afterAll, beforeAll, expect, test } from 'vitest'
import { limitCatalogue } from '../../../../server/src/tenants/limits.ts'
import { type ApiApp, openApiApp } from '../../../support/api-app.ts'

let app: ApiApp
beforeAll(async () => {
  app = await openApiApp()
})
afterAll(() => app.close())

test('the catalogue says of every limit what it is, how far it goes, and why', async () => {
  const { body } = await app.operator('GET', '/limits')
  expect(body.limits.map(({ name }: { name: string }) => name)).toEqual(Object.keys(limitCatalogue))
  for (const limit of body.limits) {
    expect(Object.keys(limit).sort()).toEqual(['default', 'largest', 'name', 'reason', 'smallest', 'unit'])
    expect(limit.smallest).toBeLessThanOrEqual(limit.default)
    expect(limit.default).toBeLessThanOrEqual(limit.largest)
  }
})

test('a tenant has the defaults until the operator says otherwise, and again after null', async () => {
  const { name } = await app.createTenant()
  const limits = `/tenants/${name}/limits`
  expect((await app.operator('GET', limits)).body.cpuMs).toEqual({ value: 2_000, default: 2_000 })
  const changed = await app.operator('PATCH', limits, { body: { cpuMs: 300, boundActions: 2 } })
  expect(changed.body).toMatchObject({ cpuMs: { value: 300, default: 2_000 }, boundActions: { value: 2, default: 4 } })
  await app.operator('PATCH', limits, { body: { cpuMs: null } })
  const { body } = await app.operator('GET', limits)
  expect(body).toMatchObject({ cpuMs: { value: 2_000 }, boundActions: { value: 2 } })
})

test.each([
  [{ cpuMs: 10 }, 'The limit cpuMs cannot be 10: it must be a whole number from 50 to 20000 (ms)'],
  [{ cpuMs: 20_001 }, 'The limit cpuMs cannot be 20001'],
  [{ cpuMs: 99.5 }, 'The limit cpuMs cannot be 99.5'],
  [{ cpuMs: '300' }, 'The limit cpuMs must be a whole number from 50 to 20000'],
  [{ cpuHours: 1 }, 'There is no limit named cpuHours.'],
  [{ toString: 1 }, 'There is no limit named toString.'],
])('%j is refused by name, value and range, and nothing is changed', async (patch, message) => {
  const { name } = await app.createTenant()
  const answer = await app.operator('PATCH', `/tenants/${name}/limits`, { body: { wallMs: 1_000, ...patch } })
  expect(answer.status).toBe(400)
  expect(answer.body.message).toContain(message)
  expect((await app.operator('GET', `/tenants/${name}/limits`)).body.wallMs.value).toBe(20_000)
})

test('a tenant that does not exist has no limits', async () => {
  expect((await app.operator('GET', '/tenants/nobody/limits')).status).toBe(404)
  expect((await app.operator('PATCH', '/tenants/nobody/limits', { body: {} })).status).toBe(404)
})
