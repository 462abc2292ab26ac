/** npm packages of actions, over the management API and a registry on loopback. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiApp, type ApiTenant, type Json, openApiApp } from '../../../support/api-app.ts'
import { openRegistry, type TestRegistry } from '../../../support/registry.ts'

let registry: TestRegistry
let app: ApiApp
let tenant: ApiTenant
beforeAll(async () => {
  registry = await openRegistry()
  registry.publish({ name: 'greet', version: '1.0.0', files: { 'index.js': 'module.exports = "one"' } })
  registry.publish({
    name: 'greet',
    version: '1.1.0',
    manifest: { license: 'MIT' },
    files: { 'index.js': 'exports.say = () => require("not-here")' },
  })
  registry.publish({ name: 'native', files: { 'binding.gyp': '' } })
  app = await openApiApp({ NPM_REGISTRY_URL: registry.url })
  tenant = await app.createTenant()
})
afterAll(async () => {
  await app.close()
  await registry.close()
})

const code = `const greet = require('greet'); exports.onExecutePostChallenge = async () => {}`
let names = 0
const create = (dependencies: unknown, over = {}, by = tenant) =>
  by.call('POST', '/actions/actions', {
    body: {
      name: `action-${++names}`,
      supported_triggers: [{ id: 'password-reset-post-challenge', version: 'v1' }],
      ...{ code, dependencies },
      ...over,
    },
  })

const built = async (id: string): Promise<Json> => {
  const action = await app.adapters.actions.find(tenant.name, id)
  const owner = await app.adapters.tenants.find(tenant.name)
  if (action && owner) await app.builder.settle(owner, action)
  return (await tenant.call('GET', `/actions/actions/${id}`)).body
}

const bill = [{ name: 'greet', version: '1.1.0', integrity: expect.stringMatching(/^sha512-/), license: 'MIT' }]

describe('dependencies', () => {
  test('a tag or a range becomes an exact version, which is stored and shown', async () => {
    const latest = await create([{ name: 'greet', version: 'latest' }])
    expect(latest).toMatchObject({ status: 201, body: { dependencies: [{ name: 'greet', version: '1.1.0' }] } })
    expect((await create([{ name: 'greet' }])).body.dependencies).toEqual([{ name: 'greet', version: '1.1.0' }])
    const range = await create([{ name: 'greet', version: '~1.0.0', registry_url: null }])
    expect(range.body.dependencies).toEqual([{ name: 'greet', version: '1.0.0' }])
    const read = await tenant.call('GET', `/actions/actions/${range.body.id}`)
    expect(read.body.dependencies).toEqual([{ name: 'greet', version: '1.0.0' }])
  })

  test('draft and version show their bill of materials and the warnings of the build', async () => {
    const { body } = await create([{ name: 'greet', version: '1.1.0' }])
    expect(body).toMatchObject({ bill_of_materials: [], build_warnings: [] })
    const warnings = [expect.stringContaining(`There is no module 'not-here', which greet@1.1.0 may ask for`)]
    expect(await built(body.id)).toMatchObject({ status: 'built', bill_of_materials: bill, build_warnings: warnings })
    const version = await tenant.call('POST', `/actions/actions/${body.id}/deploy`)
    expect(version.body).toMatchObject({
      dependencies: [{ name: 'greet', version: '1.1.0' }],
      bill_of_materials: bill,
      build_warnings: warnings,
    })
    expect((await tenant.call('GET', `/actions/actions/${body.id}`)).body.deployed_version.bill_of_materials).toEqual(
      bill,
    )
  })

  test('an edit keeps them, replaces them or removes them', async () => {
    const { body } = await create([{ name: 'greet', version: '1.0.0' }])
    const path = `/actions/actions/${body.id}`
    const edit = async (change: object) => (await tenant.call('PATCH', path, { body: change })).body.dependencies
    expect(await edit({ code: `${code} // edited` })).toEqual([{ name: 'greet', version: '1.0.0' }])
    expect(await edit({ dependencies: [{ name: 'greet', version: '^1' }] })).toEqual([
      { name: 'greet', version: '1.1.0' },
    ])
    expect(await edit({ dependencies: [] })).toEqual([])
    const unknown = await tenant.call('PATCH', '/actions/actions/none', { body: { dependencies: [] } })
    expect(unknown.status).toBe(404)
  })

  test('what is there already is saved again without the registry', async () => {
    registry.publish({ name: 'fleeting' })
    const { body } = await create([{ name: 'fleeting', version: '1.0.0' }], { code: '' })
    const before = registry.asked.length
    const again = await tenant.call('PATCH', `/actions/actions/${body.id}`, {
      body: { dependencies: body.dependencies },
    })
    expect(again).toMatchObject({ status: 200, body: { dependencies: [{ name: 'fleeting', version: '1.0.0' }] } })
    expect(registry.asked.slice(before).filter((path) => path === '/fleeting')).toEqual([])
  })

  const dep = (name: string, version = 'latest') => [{ name, version }]
  test.each([
    ['an unknown package', dep('nobody'), `The registry has no package 'nobody'.' on property dependencies[0].name`],
    [
      'an unknown version',
      dep('greet', '9.9.9'),
      `has no version '9.9.9' of the package 'greet'.' on property dependencies[0].version`,
    ],
    ['an unknown tag', dep('greet', 'canary'), `no version 'canary'`],
    ['a bad name', dep('../greet'), `'../greet' is no name of an npm package.' on property dependencies[0].name`],
    ['a git repository', dep('greet', 'git+https://example.com/a.git'), 'is no version, range or tag'],
    ['a file', dep('greet', 'file:../greet'), 'is no version, range or tag'],
    ['a URL', dep('greet', 'https://example.com/a.tgz'), 'is no version, range or tag'],
    ['an alias', dep('greet', 'npm:other@1'), 'is no version, range or tag'],
    ['the same twice', [...dep('greet'), ...dep('greet')], 'Two dependencies have one name'],
    ['another registry', [{ ...dep('greet')[0], registry_url: 'https://evil.example' }], 'registry of this server'],
    ['something else', [{ name: 7 }], 'on property dependencies[0].name'],
    [
      'too many',
      Array.from({ length: 11 }, (_, n) => ({ name: `p${n}`, version: '1.0.0' })),
      'Limit dependencies exceeded: 11 dependencies, the limit is 10.',
    ],
  ])('%s is refused by name', async (_, dependencies, message) => {
    const answer = await create(dependencies, { name: 'refused' })
    expect(answer.status).toBe(400)
    expect(answer.body.message).toContain(message)
    expect((await tenant.call('GET', '/actions/actions?actionName=refused')).body.actions).toEqual([])
  })

  test('a package that is refused by the build fails the draft, which says so', async () => {
    const { body } = await create(dep('native'))
    expect(await built(body.id)).toMatchObject({
      status: 'failed',
      errors: [{ msg: expect.stringContaining('native@1.0.0 is a native module: only JavaScript runs here.') }],
    })
    const deploy = await tenant.call('POST', `/actions/actions/${body.id}/deploy`)
    expect(deploy).toMatchObject({ status: 400, body: { message: expect.stringContaining('native module') } })
  })

  test('a registry that does not answer is told apart from what is not there', async () => {
    registry.answerWith('/down', (_, response) => response.writeHead(500).end())
    expect(await create(dep('down'))).toMatchObject({
      status: 503,
      body: { statusCode: 503, message: 'The package registry did not answer as it should; try again later.' },
    })
  })

  test('a tenant may be kept off the registry', async () => {
    const other = await app.createTenant()
    await app.operator('PATCH', `/tenants/${other.name}/limits`, { body: { dependencies: 0 } })
    expect(await create(dep('greet'), {}, other)).toMatchObject({
      status: 400,
      body: { message: 'Limit dependencies exceeded: 1 dependencies, the limit is 0.' },
    })
  })
})
