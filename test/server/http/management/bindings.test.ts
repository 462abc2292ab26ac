import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type ApiApp, type ApiTenant, openApiApp } from '../../../support/api-app.ts'

const trigger = 'password-reset-post-challenge'
const path = `/actions/triggers/${trigger}/bindings`

let app: ApiApp
let tenant: ApiTenant
let ids: Record<string, string>
beforeAll(async () => {
  app = await openApiApp()
})
afterAll(() => app.close())

const create = async (by: ApiTenant, name: string, deploy: boolean): Promise<string> => {
  const code = 'exports.onExecutePostChallenge = async () => {}'
  const body = { name, supported_triggers: [{ id: trigger }], code, deploy }
  return (await by.call('POST', '/actions/actions', { body })).body.id
}

beforeEach(async () => {
  tenant = await app.createTenant()
  ids = {}
  for (const name of ['one', 'two', 'three']) ids[name] = await create(tenant, name, true)
})

const byName = (...names: string[]) => names.map((value) => ({ ref: { type: 'action_name', value } }))
const bind = (bindings: unknown[]) => tenant.call('PATCH', path, { body: { bindings } })
const boundNames = async () => {
  const { body } = await tenant.call('GET', path)
  return body.bindings.map(({ action }: { action: { name: string } }) => action.name)
}

test('a list is replaced whole, in the order given, and every binding has a new id', async () => {
  expect((await tenant.call('GET', path)).body).toEqual({ bindings: [], per_page: 20 })
  const first = await bind([
    { ref: { type: 'action_id', value: ids.two }, display_name: 'Second first' },
    { ref: { type: 'action_name', value: 'one' } },
  ])
  expect(first).toMatchObject({
    status: 200,
    body: {
      bindings: [
        { trigger_id: trigger, display_name: 'Second first', action: { id: ids.two, deployed_version: { number: 1 } } },
        { trigger_id: trigger, display_name: 'one', action: { id: ids.one } },
      ],
    },
  })
  expect(first.body).not.toHaveProperty('total')
  expect((await tenant.call('GET', path)).body).toMatchObject({ total: 2, bindings: first.body.bindings })

  const [two, one] = first.body.bindings
  const second = await bind([
    { ref: { type: 'binding_id', value: one.id } },
    ...byName('three'),
    { ref: { type: 'binding_id', value: two.id } },
  ])
  expect(await boundNames()).toEqual(['one', 'three', 'two'])
  expect(second.body.bindings.map(({ id }: { id: string }) => id)).not.toContain(one.id)

  expect((await bind([])).body).toEqual({ bindings: [] })
  expect(await boundNames()).toEqual([])
})

test('the limit counts bindings, is named, and bites at once', async () => {
  const five = await bind(byName('one', 'two', 'three', 'one', 'two'))
  expect(five.status).toBe(400)
  expect(five.body.message).toBe('Limit boundActions exceeded: 5 bindings of one trigger, the limit is 4.')
  await app.operator('PATCH', `/tenants/${tenant.name}/limits`, { body: { boundActions: 1 } })
  expect((await bind(byName('one', 'two'))).body.message).toContain('the limit is 1')
  expect((await bind(byName('one'))).status).toBe(200)
})

test('an action that has not been deployed cannot be bound, and the list stays as it was', async () => {
  await bind(byName('one'))
  await create(tenant, 'draft', false)
  const answer = await bind(byName('two', 'draft'))
  expect(answer).toMatchObject({
    status: 400,
    body: { message: 'Trying to create a binding for an action that has not been deployed: draft.' },
  })
  expect(await boundNames()).toEqual(['one'])
})

test('what is not there, or belongs to another tenant, cannot be bound', async () => {
  const stranger = await app.createTenant()
  const foreign = await create(stranger, 'foreign', true)
  const elsewhere = await stranger.call('PATCH', path, { body: { bindings: byName('foreign') } })
  const refs = [
    { type: 'action_name', value: 'foreign' },
    { type: 'action_id', value: foreign },
    { type: 'binding_id', value: elsewhere.body.bindings[0].id },
  ]
  for (const ref of refs) {
    expect(await bind([{ ref }])).toMatchObject({ status: 404, body: { message: 'That action does not exist.' } })
  }
  expect(await boundNames()).toEqual([])
  expect((await stranger.call('GET', path)).body.total).toBe(1)
})

test.each([
  [
    [{ id_type: 'action_id', id_value: 'x' }],
    "'Data does not match any schemas from 'oneOf'' on property bindings[0].",
  ],
  [[{ ref: { type: 'name', value: 'x' } }], "'Data does not match any schemas from 'oneOf'' on property bindings[0]."],
  [[{ ref: { type: 'action_name', value: 'one' }, colour: 1 }], 'Additional properties not allowed: colour'],
  [
    [{ ref: { type: 'action_name', value: 'one' }, secrets: [{ name: 'KEY', value: 'hush' }] }],
    "'Secrets are given to the action, not to its binding' on property bindings[0].secrets.",
  ],
  ['one', "'Expected type array but found type string' on property bindings"],
])('the form %j is refused', async (bindings, message) => {
  const answer = await tenant.call('PATCH', path, { body: { bindings } })
  expect(answer).toMatchObject({ status: 400, body: { errorCode: 'invalid_body' } })
  expect(answer.body.message).toContain(message)
})

test('an empty list of secrets, as some clients send it, asks for nothing', async () => {
  const ref = { type: 'action_name', value: 'one' }
  expect((await bind([{ ref, secrets: [] }])).status).toBe(200)
  expect(await boundNames()).toEqual(['one'])
})

test('a bound action cannot be given another trigger, and stays as it was', async () => {
  await bind(byName('one'))
  const body = { supported_triggers: [{ id: 'post-login', version: 'v3' }], code: 'changed' }
  expect((await tenant.call('PATCH', `/actions/actions/${ids.one}`, { body })).status).toBe(400)
  const after = await tenant.call('GET', `/actions/actions/${ids.one}`)
  expect(after.body).toMatchObject({ supported_triggers: [{ id: trigger }], all_changes_deployed: true })
  expect(await boundNames()).toEqual(['one'])
})

test('another trigger does not exist', async () => {
  const other = '/actions/triggers/post-login/bindings'
  expect((await tenant.call('GET', other)).status).toBe(404)
  expect((await tenant.call('PATCH', other, { body: { bindings: [] } })).status).toBe(404)
})

test('two clients that bind at once end in one of the two lists', async () => {
  for (let round = 0; round < 10; round += 1) {
    await Promise.all([bind(byName('one', 'two', 'three')), bind(byName('three', 'one'))])
    expect([
      ['one', 'two', 'three'],
      ['three', 'one'],
    ]).toContainEqual(await boundNames())
  }
})

test('a deploy reaches the bound action at once, and a pinned version keeps running', async () => {
  await bind(byName('one'))
  const { catalogue } = app.adapters
  const before = await catalogue.pin(tenant.name, trigger)
  const code = 'exports.onExecutePostChallenge = async () => { "second" }'
  await tenant.call('PATCH', `/actions/actions/${ids.one}`, { body: { code } })
  expect(await catalogue.pin(tenant.name, trigger)).toEqual(before)
  await tenant.call('POST', `/actions/actions/${ids.one}/deploy`)
  const [after] = await catalogue.load(tenant.name, await catalogue.pin(tenant.name, trigger))
  expect(after?.artifact.code).toContain('second')
  const [pinned] = await catalogue.load(tenant.name, before)
  expect(pinned?.artifact.code).not.toContain('second')
})

test('a pinned version that is gone fails to load, and is never left out', async () => {
  await bind(byName('one', 'two'))
  const { catalogue } = app.adapters
  const pinned = await catalogue.pin(tenant.name, trigger)
  await tenant.call('DELETE', `/actions/actions/${ids.one}?force=true`)
  await expect(catalogue.load(tenant.name, pinned)).rejects.toThrow('does not exist any more')
  const stranger = await app.createTenant()
  await expect(catalogue.load(stranger.name, pinned.slice(1))).rejects.toThrow('does not exist any more')
})
