/** The exact version of what an author asks for. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDependencies, type TestDependencies } from '../../support/dependencies.ts'

let it: TestDependencies
beforeAll(async () => {
  it = await openDependencies()
  for (const version of ['1.0.0', '1.4.2', '2.0.0', '3.0.0-beta.1']) it.registry.publish({ name: 'greet', version })
  it.registry.publish({ name: 'greet', version: '1.5.0', manifest: { deprecated: 'broken' } })
  it.registry.tag('greet', 'latest', '2.0.0')
  it.registry.tag('greet', 'next', '3.0.0-beta.1')
  it.registry.publish({ name: '@acme/greet', version: '0.1.0' })
})
afterAll(() => it.close())

test.each([
  ['latest', '2.0.0'],
  ['1.4.2', '1.4.2'],
  ['v1.4.2', '1.4.2'],
  ['^1.0.0', '1.4.2'],
  ['1', '1.4.2'],
  ['~1.5.0', '1.5.0'],
  ['>=1', '2.0.0'],
  ['*', '2.0.0'],
  ['next', '3.0.0-beta.1'],
])('%s becomes %s', async (version, exact) => {
  expect(await it.dependencies.resolve({ name: 'greet', version })).toEqual({ name: 'greet', version: exact })
})

test('a scoped name is found', async () => {
  const exact = await it.dependencies.resolve({ name: '@acme/greet', version: 'latest' })
  expect(exact).toEqual({ name: '@acme/greet', version: '0.1.0' })
})

test.each([
  ['greet', '9.9.9', /no version '9\.9\.9' of the package 'greet'/],
  ['greet', 'canary', /no version 'canary' of the package 'greet'/],
  ['greet', '^4', /no version '\^4' of the package 'greet'/],
  ['nobody', 'latest', /no package 'nobody'/],
])('%s at %s is refused by name', async (name, version, message) => {
  const asked = it.dependencies.resolve({ name, version })
  await expect(asked).rejects.toMatchObject({
    code: expect.stringMatching(/^ERR_DEPENDENCY_UNKNOWN/),
    message: expect.stringMatching(message),
  })
})

test('a registry that answers nonsense is not believed', async () => {
  it.registry.answerWith('/nonsense', (_, response) => response.end('<html>'))
  await expect(it.dependencies.resolve({ name: 'nonsense', version: '1' })).rejects.toThrow(/cannot be read/)
  it.registry.publish({ name: 'liar', version: '1.0.0', registryFields: { version: '2.0.0' } })
  await expect(it.dependencies.resolve({ name: 'liar', version: '1.0.0' })).rejects.toThrow(/cannot be read/)
})

test('a registry that fails is asked again, and then told apart from a package that is not there', async () => {
  let calls = 0
  it.registry.answerWith('/shaky', (_, response) => {
    calls += 1
    if (calls < 3) response.writeHead(503).end()
    else
      response.end(
        JSON.stringify({ 'dist-tags': {}, versions: { '1.0.0': { version: '1.0.0', dist: { tarball: '' } } } }),
      )
  })
  expect(await it.dependencies.resolve({ name: 'shaky', version: '1.0.0' })).toEqual({
    name: 'shaky',
    version: '1.0.0',
  })
  it.registry.answerWith('/down', (_, response) => response.writeHead(500).end())
  await expect(it.dependencies.resolve({ name: 'down', version: '1' })).rejects.toMatchObject({
    code: 'ERR_DEPENDENCY_REGISTRY',
  })
})

test('a redirect is followed to the registry itself, and to no other place without TLS', async () => {
  it.registry.answerWith('/moved', (_, response) => response.writeHead(302, { location: '/greet' }).end())
  expect(await it.dependencies.resolve({ name: 'moved', version: 'latest' })).toMatchObject({ version: '2.0.0' })
  it.registry.answerWith('/away', (_, response) => response.writeHead(302, { location: 'http://127.0.0.2:1/x' }).end())
  await expect(it.dependencies.resolve({ name: 'away', version: '1' })).rejects.toMatchObject({
    code: 'ERR_DEPENDENCY_REGISTRY',
  })
})
