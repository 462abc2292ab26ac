import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiApp, type ApiTenant, openApiApp } from '../../../support/api-app.ts'
import { until } from '../../../support/until.ts'

const trigger = 'password-reset-post-challenge'
const supported_triggers = [{ id: trigger, version: 'v1' }]
const honest = 'exports.onExecutePostChallenge = async (event, api) => {}'
const broken = 'exports.onExecutePostChallenge = async (event, api) => {\n  api.access.deny(\n}'
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const nanoseconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/

let app: ApiApp
let tenant: ApiTenant
beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
})
afterAll(() => app.close())

let count = 0
const create = async (over: Record<string, unknown> = {}, by = tenant) => {
  const body = { name: `action-${++count}`, supported_triggers, code: honest, ...over }
  return by.call('POST', '/actions/actions', { body })
}

/** Until the build has ended; the flow of a client that polls. */
const built = (id: string) =>
  until('the end of the build', async () => {
    const { body } = await tenant.call('GET', `/actions/actions/${id}`)
    return (body.status === 'built' || body.status === 'failed') && body
  })

const deployed = async (over: Record<string, unknown> = {}) => {
  const { body } = await create(over)
  const answer = await tenant.call('POST', `/actions/actions/${body.id}/deploy`)
  expect(answer.status).toBe(200)
  return body.id as string
}

/** What a crash leaves behind: a draft that says `building`, and nobody who builds it. */
const loseBuild = async (id: string) => {
  await built(id)
  const { actions } = app.adapters
  const now = Date.now()
  const edited = await actions.edit(tenant.name, id, { now, change: () => ({}) })
  if (edited === undefined || edited === 'name-taken') throw new Error('The action is gone.')
  const draft = { actionId: id, revision: edited.draft.revision }
  await actions.noteBuild(tenant.name, draft, { status: 'building', now })
}

describe('an action', () => {
  test('is answered as pending and builds by itself', async () => {
    const { status, body } = await create({ name: 'greet', secrets: [{ name: 'KEY', value: 'hush' }] })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      id: expect.stringMatching(uuid),
      name: 'greet',
      supported_triggers,
      code: honest,
      dependencies: [],
      runtime: 'node22',
      status: 'pending',
      secrets: [{ name: 'KEY', updated_at: expect.stringMatching(nanoseconds) }],
      all_changes_deployed: false,
      created_at: expect.stringMatching(nanoseconds),
    })
    expect(body).not.toHaveProperty('deployed_version')
    expect(JSON.stringify(body)).not.toContain('hush')
    expect((await built(body.id)).status).toBe('built')
  })

  test('is listed with exact totals, under every filter', async () => {
    const own = await app.createTenant()
    const empty = await own.call('GET', '/actions/actions')
    expect(empty.body).toEqual({ actions: [], per_page: 20 })
    const ids = []
    for (const name of ['a', 'b', 'c']) ids.push((await create({ name }, own)).body.id)
    await own.call('POST', `/actions/actions/${ids[1]}/deploy`)

    const page = await own.call('GET', '/actions/actions?page=1&per_page=2')
    expect(page.body).toMatchObject({ total: 3, page: 1, per_page: 2, actions: [{ name: 'c' }] })
    const beyond = await own.call('GET', '/actions/actions?page=9&per_page=2')
    expect(beyond.body).toMatchObject({ total: 3, actions: [] })
    const named = await own.call('GET', '/actions/actions?actionName=b')
    expect(named.body).toMatchObject({ total: 1, actions: [{ name: 'b' }] })
    const live = await own.call('GET', `/actions/actions?deployed=true&triggerId=${trigger}`)
    expect(live.body).toMatchObject({ total: 1, actions: [{ name: 'b' }] })
    expect((await own.call('GET', '/actions/actions?deployed=false')).body.total).toBe(2)
    expect((await own.call('GET', '/actions/actions?triggerId=post-login')).body.actions).toEqual([])
    expect((await own.call('GET', '/actions/actions?installed=true')).body.actions).toEqual([])
    expect((await own.call('GET', '/actions/actions?include_totals=true')).status).toBe(400)
  })

  test('goes back to pending with every edit, and what is deployed stays', async () => {
    const id = await deployed()
    const code = `${honest} // edited`
    const edited = await tenant.call('PATCH', `/actions/actions/${id}`, { body: { code } })
    expect(edited).toMatchObject({ status: 200, body: { status: 'pending', code, all_changes_deployed: false } })
    const body = await built(id)
    expect(body).toMatchObject({ status: 'built', code, deployed_version: { code: honest, number: 1, deployed: true } })
  })

  test('keeps the value of a secret that comes by name alone, and drops what is not in the list', async () => {
    const secrets = [
      { name: 'KEEP', value: 'one' },
      { name: 'DROP', value: 'two' },
    ]
    const { body } = await create({ secrets })
    const path = `/actions/actions/${body.id}`
    const listed = await tenant.call('PATCH', path, {
      body: { secrets: [{ name: 'KEEP' }, { name: 'NEW', value: '3' }] },
    })
    expect(listed.body.secrets.map(({ name }: { name: string }) => name)).toEqual(['KEEP', 'NEW'])
    const untouched = await tenant.call('PATCH', path, { body: { code: honest } })
    expect(untouched.body.secrets).toEqual(listed.body.secrets)
    const unknown = await tenant.call('PATCH', path, { body: { secrets: [{ name: 'DROP' }] } })
    expect(unknown).toMatchObject({ status: 400, body: { message: expect.stringContaining('on property secrets[0]') } })

    await tenant.call('POST', `${path}/deploy`)
    const bindings = [{ ref: { type: 'action_id', value: body.id } }]
    await tenant.call('PATCH', `/actions/triggers/${trigger}/bindings`, { body: { bindings } })
    const { catalogue } = app.adapters
    const [runnable] = await catalogue.load(tenant.name, await catalogue.pin(tenant.name, trigger))
    expect(runnable?.secrets).toEqual({ KEEP: 'one', NEW: '3' })
    await tenant.call('PATCH', `/actions/triggers/${trigger}/bindings`, { body: { bindings: [] } })
  })

  test.each([
    ['an unknown trigger', { supported_triggers: [{ id: 'post-login' }] }, "no trigger 'post-login'"],
    ['no trigger', { supported_triggers: [] }, 'on property supported_triggers'],
    ['an unknown runtime', { runtime: 'deno' }, 'on property runtime'],
    ['an empty name', { name: '' }, 'on property name'],
    ['an empty secret name', { secrets: [{ name: '', value: 'x' }] }, 'between 1 and 128 runes, inclusive'],
    ['a long secret', { secrets: [{ name: 'a', value: 'x'.repeat(4_097) }] }, 'at most 4096 runes'],
    ['a secret without a value', { secrets: [{ name: 'a' }] }, 'Missing required property: value'],
    ['a secret twice', { secrets: ['1', '2'].map((value) => ({ name: 'a', value })) }, 'Two secrets have one name'],
    ['31 secrets', { secrets: Array.from({ length: 31 }, (_, n) => ({ name: `s${n}`, value: '' })) }, 'Limit secrets'],
    ['source over the limit', { code: 'x'.repeat(102_401) }, 'Limit sourceBytes exceeded: 102401 bytes of code'],
    ['an unknown property', { integration: {} }, 'Additional properties not allowed: integration'],
  ])('is refused for %s', async (_, over, message) => {
    const answer = await create({ name: 'refused', ...over })
    expect(answer.status).toBe(400)
    expect(answer.body.message).toContain(message)
    expect((await tenant.call('GET', '/actions/actions?actionName=refused')).body.actions).toEqual([])
  })

  test('cannot have the name of another one', async () => {
    await create({ name: 'mine' })
    expect((await create({ name: 'mine' })).status).toBe(409)
    const { body } = await create()
    expect((await tenant.call('PATCH', `/actions/actions/${body.id}`, { body: { name: 'mine' } })).status).toBe(409)
  })

  test('is one too many beyond the limit, and the limit bites at once', async () => {
    const own = await app.createTenant()
    await create({}, own)
    await app.operator('PATCH', `/tenants/${own.name}/limits`, { body: { actions: 1, sourceBytes: 1_024 } })
    const tooMany = await create({}, own)
    expect(tooMany).toMatchObject({ status: 400, body: { message: expect.stringContaining('Limit actions exceeded') } })
    const { body } = await own.call('GET', '/actions/actions')
    const path = `/actions/actions/${body.actions[0].id}`
    const tooLong = await own.call('PATCH', path, { body: { code: ' '.repeat(1_025) } })
    expect(tooLong.body.message).toContain('the limit is 1024')
  })

  test('of another tenant does not exist', async () => {
    const id = await deployed()
    const stranger = await app.createTenant()
    const path = `/actions/actions/${id}`
    const version = (await tenant.call('GET', path)).body.deployed_version.id
    const answers = [
      await stranger.call('GET', path),
      await stranger.call('PATCH', path, { body: { code: honest } }),
      await stranger.call('DELETE', `${path}?force=true`),
      await stranger.call('POST', `${path}/deploy`),
      await stranger.call('GET', `${path}/versions`),
      await stranger.call('GET', `${path}/versions/${version}`),
      await stranger.call('POST', `${path}/versions/${version}/deploy`),
    ]
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 404))
    expect(answers[0]?.body).toEqual({ statusCode: 404, error: 'Not Found', message: 'That action does not exist.' })
    expect((await tenant.call('GET', path)).body).toMatchObject({ code: honest, status: 'built' })
  })

  test('that is bound goes only by force', async () => {
    const id = await deployed()
    const bindings = [{ ref: { type: 'action_id', value: id } }]
    await tenant.call('PATCH', `/actions/triggers/${trigger}/bindings`, { body: { bindings } })
    expect(await tenant.call('DELETE', `/actions/actions/${id}`)).toMatchObject({
      status: 409,
      body: { message: 'Unable to delete an action bound to a trigger.' },
    })
    expect((await tenant.call('DELETE', `/actions/actions/${id}?force=true`)).status).toBe(204)
    expect((await tenant.call('GET', `/actions/actions/${id}`)).status).toBe(404)
    expect((await tenant.call('GET', `/actions/triggers/${trigger}/bindings`)).body.bindings).toEqual([])
    expect((await tenant.call('DELETE', `/actions/actions/${id}`)).status).toBe(404)
  })
})

describe('a draft that does not build', () => {
  test('fails with line and column, and cannot be deployed', async () => {
    const { status, body } = await create({ code: broken })
    expect(status).toBe(201)
    const failed = await built(body.id)
    expect(failed.status).toBe('failed')
    expect(failed.errors[0].msg).toMatch(/^action\.js:3:\d+: Unexpected "}"/)
    const answer = await tenant.call('POST', `/actions/actions/${body.id}/deploy`)
    expect(answer.status).toBe(400)
    expect(answer.body.message).toMatch(
      /^A draft must be in the 'built' state before it can be deployed\. \| caused by: action\.js:3:\d+: /,
    )
    expect(await create({ code: broken, deploy: true })).toMatchObject({ status: 201, body: { status: 'failed' } })
  })

  test('says that the handler is missing', async () => {
    const { body } = await create({ code: 'exports.onExecutePostLogin = async () => {}' })
    const failed = await built(body.id)
    expect(failed.status).toBe('failed')
    expect(failed.errors[0].msg).toContain('onExecutePostChallenge')
  })

  test('is mended by the next edit', async () => {
    const { body } = await create({ code: broken })
    await tenant.call('PATCH', `/actions/actions/${body.id}`, { body: { code: honest } })
    const mended = await built(body.id)
    expect(mended.status).toBe('built')
    expect(mended).not.toHaveProperty('errors')
  })
})

describe('a deploy', () => {
  test('right after the upload waits for the build', async () => {
    const { body } = await create()
    const answer = await tenant.call('POST', `/actions/actions/${body.id}/deploy`)
    expect(answer).toMatchObject({
      status: 200,
      body: {
        id: expect.stringMatching(uuid),
        action_id: body.id,
        deployed: false,
        status: 'built',
        number: 1,
        errors: [],
        action: { id: body.id, all_changes_deployed: true },
        supported_triggers,
        built_at: expect.stringMatching(nanoseconds),
      },
    })
    const action = await tenant.call('GET', `/actions/actions/${body.id}`)
    expect(action.body).toMatchObject({ all_changes_deployed: true, deployed_version: { number: 1, deployed: true } })
  })

  test('comes with the upload when asked for', async () => {
    const { body } = await create({ deploy: true })
    expect(body).toMatchObject({ status: 'built', all_changes_deployed: true, deployed_version: { number: 1 } })
  })

  test('takes the text null for no body', async () => {
    const { body } = await create()
    const path = `/actions/actions/${body.id}`
    expect((await tenant.call('POST', `${path}/deploy`, { text: 'null' })).status).toBe(200)
    const [version] = (await tenant.call('GET', `${path}/versions`)).body.versions
    expect((await tenant.call('POST', `${path}/versions/${version.id}/deploy`, { text: 'null' })).status).toBe(200)
    expect((await tenant.call('DELETE', path, { text: '' })).status).toBe(204)
  })

  test('of the same draft twice at once makes two numbers', async () => {
    const { body } = await create()
    const both = await Promise.all([0, 1].map(() => tenant.call('POST', `/actions/actions/${body.id}/deploy`)))
    expect(both.map((answer) => answer.body.number).sort()).toEqual([1, 2])
  })

  test('takes up a build that was lost with its process', async () => {
    const { body } = await create()
    await loseBuild(body.id)
    expect((await tenant.call('GET', `/actions/actions/${body.id}`)).body.status).toBe('building')
    expect((await tenant.call('POST', `/actions/actions/${body.id}/deploy`)).status).toBe(200)
  })
})

test('a build that was lost with its process is taken up at the next start', async () => {
  const { body } = await create()
  await loseBuild(body.id)
  await app.builder.resume()
  expect((await built(body.id)).status).toBe('built')
})

test('an edit during a build wins', async () => {
  const { body } = await create({ code: broken })
  await tenant.call('PATCH', `/actions/actions/${body.id}`, { body: { code: honest } })
  const late = { status: 'failed', errors: [{ text: 'late', file: 'action.js' }], now: Date.now() } as const
  await app.adapters.actions.noteBuild(tenant.name, { actionId: body.id, revision: 1 }, late)
  expect(await built(body.id)).toMatchObject({ status: 'built', code: honest })
})

describe('versions', () => {
  test('count up, do not change, and can be deployed again', async () => {
    const id = await deployed()
    const path = `/actions/actions/${id}`
    await tenant.call('PATCH', path, { body: { code: `${honest}//2` } })
    await tenant.call('POST', `${path}/deploy`)
    const { body } = await tenant.call('GET', `${path}/versions`)
    expect(body).toMatchObject({
      total: 2,
      versions: [
        { number: 2, deployed: true, code: `${honest}//2` },
        { number: 1, deployed: false, code: honest },
      ],
    })
    const [, first] = body.versions
    const copy = await tenant.call('POST', `${path}/versions/${first.id}/deploy`)
    expect(copy).toMatchObject({ status: 200, body: { number: 3, code: honest, deployed: false } })
    const rolledBack = await tenant.call('GET', path)
    expect(rolledBack.body).toMatchObject({
      code: `${honest}//2`,
      all_changes_deployed: false,
      deployed_version: { number: 3, code: honest },
    })
    const { action: _, ...unchanged } = first
    expect((await tenant.call('GET', `${path}/versions/${first.id}`)).body).toMatchObject(unchanged)
  })

  test('can take the draft back with them', async () => {
    const id = await deployed()
    const path = `/actions/actions/${id}`
    const [first] = (await tenant.call('GET', `${path}/versions`)).body.versions
    await tenant.call('PATCH', path, { body: { code: broken } })
    await built(id)
    await tenant.call('POST', `${path}/versions/${first.id}/deploy`, { body: { update_draft: true } })
    const { body } = await tenant.call('GET', path)
    expect(body).toMatchObject({ code: honest, status: 'built', all_changes_deployed: true })
    expect((await tenant.call('POST', `${path}/deploy`)).body.number).toBe(3)
  })

  test('beyond the number kept go silently, oldest first', async () => {
    const own = await app.createTenant()
    await app.operator('PATCH', `/tenants/${own.name}/limits`, { body: { versionsKept: 2 } })
    const { body } = await create({}, own)
    for (let n = 0; n < 4; n += 1) await own.call('POST', `/actions/actions/${body.id}/deploy`)
    const { versions, total } = (await own.call('GET', `/actions/actions/${body.id}/versions`)).body
    expect(total).toBe(2)
    expect(versions.map(({ number }: { number: number }) => number)).toEqual([4, 3])
  })

  test('that do not exist are not found', async () => {
    const id = await deployed()
    const answer = await tenant.call('GET', `/actions/actions/${id}/versions/${id}`)
    expect(answer).toMatchObject({ status: 404, body: { message: 'That action version does not exist.' } })
    expect((await tenant.call('POST', `/actions/actions/${id}/versions/${id}/deploy`)).status).toBe(404)
  })
})

test('the value of a secret is nowhere in the files of the server', async () => {
  await create({ name: 'kept-secret', secrets: [{ name: 'KEY', value: 'a-value-to-look-for' }], deploy: true })
  const files = await readdir(app.dataDir)
  const contents = await Promise.all(files.map((file) => readFile(join(app.dataDir, file), 'latin1')))
  expect(contents.some((content) => content.includes('kept-secret'))).toBe(true)
  expect(contents.some((content) => content.includes('a-value-to-look-for'))).toBe(false)
})

test('there is one trigger, and there are no modules', async () => {
  expect((await tenant.call('GET', '/actions/triggers')).body).toEqual({
    triggers: [
      {
        id: trigger,
        version: 'v1',
        status: 'CURRENT',
        runtimes: ['node18-actions', 'node22'],
        default_runtime: 'node22',
        binding_policy: 'trigger-bound',
        compatible_triggers: [],
      },
    ],
  })
  expect((await tenant.call('GET', '/actions/modules?page=0&per_page=100')).body).toEqual({
    modules: [],
    per_page: 100,
  })
})
