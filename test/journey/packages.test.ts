/** Actions with npm packages, from the upload to the user's page, through the whole server and a registry on loopback. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openRegistry, type TestRegistry } from '../support/registry.ts'
import { openReset, stepOf } from '../support/reset.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { createTenant, type TestTenant } from '../support/tenant.ts'

let registry: TestRegistry
let server: RunningServer
let tenant: TestTenant
beforeAll(async () => {
  registry = await openRegistry()
  for (const name of ['lodash', 'zod', 'dayjs']) registry.publishInstalled(name)
  server = await startTestServer({ NPM_REGISTRY_URL: registry.url })
  tenant = await createTenant(server)
})
afterAll(async () => {
  await server.stop()
  await registry.close()
})

const latest = (...names: string[]) => names.map((name) => ({ name, version: 'latest' }))

test('lodash, zod and dayjs decide about a reset', async () => {
  const code = `
const _ = require('lodash'), { z } = require('zod'), dayjs = require('dayjs')
const Profile = z.object({ email: z.string().email(), plan: z.enum(['gold', 'silver']).default('silver') })
exports.onExecutePostChallenge = async (event, api) => {
  const profile = Profile.parse(_.pick(event.user, ['email']))
  api.access.deny(_.upperFirst(profile.plan) + ' since ' + dayjs('2026-02-03').format('D MMMM YYYY'))
}`
  await tenant.bind({ code, dependencies: latest('lodash', 'zod', 'dayjs') })
  const { page } = await openReset(tenant, await tenant.addUser())
  expect(stepOf(page)).toBe('denied')
  expect(page.text).toContain('Silver since 3 February 2026')
})

test('TypeScript with imports runs, and a reset does not ask the registry', async () => {
  const code = `
import type { Event, PostChallengeAPI } from '@auth0/actions/password-reset-post-challenge/v1'
import camelCase from 'lodash/camelCase'
export const onExecutePostChallenge = async (event: Event, api: PostChallengeAPI): Promise<void> => {
  api.access.deny(camelCase('not this time'))
}`
  await tenant.bind({ code, dependencies: latest('lodash') })
  const before = registry.asked.length
  const { page } = await openReset(tenant, await tenant.addUser())
  expect(page.text).toContain('notThisTime')
  expect(registry.asked.length).toBe(before)
})
