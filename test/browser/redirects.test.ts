import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { onBoth, onExecute, seedRedirect } from '../support/actions.ts'
import { launchBrowser, type Tab, type TestBrowser } from '../support/browser.ts'
import { executionIds } from '../support/execution-ids.ts'
import { choosePassword, enterMailCode, openReset, originOf } from '../support/hosted-pages.ts'
import type { HttpsHost } from '../support/https-host.ts'
import { startOutsidePage } from '../support/outside-page.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { createTenant, type TenantUser, type TestTenant } from '../support/tenant.ts'

let dataDir: string
let server: RunningServer
let tenant: TestTenant
let outside: HttpsHost
let browser: TestBrowser
let tab: Tab
let user: TenantUser

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'interlock-redirects-'))
  server = await startTestServer({ DATA_DIR: dataDir })
  tenant = await createTenant(server)
  await tenant.enable('email')
  outside = await startOutsidePage({ host: 'my-app.example.com', returnTo: `${originOf(tenant)}/continue` })
  browser = await launchBrowser([outside.resolverRule])
})
beforeEach(async () => {
  tab = await browser.openTab()
  user = await tenant.addUser()
})
afterEach(() => expect(browser.takeComplaints()).toEqual([]))
afterAll(async () => {
  await browser.close()
  await outside.stop()
  await server.stop()
  await rm(dataDir, { recursive: true })
})

const openOutside = async (): Promise<void> => {
  await openReset(tab, tenant, user)
  await tab.at('outside')
  expect(tab.page.url()).toMatch(/^https:\/\/my-app\.example\.com\/\?state=/)
}

describe("the seed's second action", () => {
  beforeAll(() => tenant.bind({ code: seedRedirect }))

  test('link, outside page, back by GET, mail code, new password', async () => {
    await openOutside()
    await tab.page.getByRole('link', { name: 'Back by a link' }).click()
    await enterMailCode(tab, tenant, user)
    await choosePassword(tab)
  })

  test('link, outside page, back by a POST from its site, mail code, new password', async () => {
    await openOutside()
    const posted = tab.page.waitForRequest((request) => request.method() === 'POST')
    await tab.press('Back by a form')
    const headers = await (await posted).allHeaders()
    expect(headers['sec-fetch-site']).toBe('cross-site')
    expect(headers).not.toHaveProperty('cookie')
    await enterMailCode(tab, tenant, user)
    await choosePassword(tab)
  })
})

describe('two actions, of which the first redirects and the second challenges', () => {
  const count = (name: string) => `api.cache.set('${name}', String(Number(api.cache.get('${name}')?.value ?? 0) + 1));`
  const counted = ['out-execute', 'out-continue', 'ask-execute', 'ask-continue']

  test('each handler runs exactly once', async () => {
    await tenant.bind(
      {
        name: 'out',
        ...onBoth(`${count('out-execute')} api.redirect.sendUserTo('${outside.origin}')`, count('out-continue')),
      },
      {
        name: 'ask',
        ...onBoth(`${count('ask-execute')} api.authentication.challengeWith({ type: 'email' })`, count('ask-continue')),
      },
    )
    await openOutside()
    await tab.press('Back by a form')
    await enterMailCode(tab, tenant, user)
    await choosePassword(tab)

    const [id, ...more] = executionIds(dataDir, tenant.name, user.user_id)
    expect(more).toEqual([])
    const execution = await tenant.api.must('GET', `/api/v2/actions/executions/${id}`)
    expect(execution).toMatchObject({
      status: 'final',
      results: [
        { action_name: 'out', handler: 'onExecutePostChallenge', outcome: 'completed' },
        { action_name: 'out', handler: 'onContinuePostChallenge', outcome: 'completed' },
        { action_name: 'ask', handler: 'onExecutePostChallenge', outcome: 'completed' },
      ],
    })

    const tell = `${JSON.stringify(counted)}.map((name) => name + ': ' + (api.cache.get(name)?.value ?? 0)).join(', ')`
    await tenant.bind(onExecute(`api.access.deny(${tell})`))
    user = await tenant.addUser()
    await openReset(tab, tenant, user)
    await tab.at('denied')
    expect(await tab.text()).toContain('out-execute: 1, out-continue: 1, ask-execute: 1, ask-continue: 0')
  })
})
