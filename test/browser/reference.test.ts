import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { bringChecker, brokenRules, overflow, paleTexts, smallTargets } from '../support/accessibility.ts'
import { launchBrowser, type Tab, type TestBrowser } from '../support/browser.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'

let server: RunningServer
let browser: TestBrowser
beforeAll(async () => {
  server = await startTestServer()
  browser = await launchBrowser()
})
afterEach(() => expect(browser.takeComplaints()).toEqual([]))
afterAll(async () => {
  await browser.close()
  await server.stop()
})

const openAll = async (tab: Tab): Promise<void> => {
  await bringChecker(tab.page)
  await tab.open(`http://localhost:${server.port}/docs`)
  await tab.page.locator('details').evaluateAll((all) => {
    for (const element of all) element.open = true
  })
}

test('the reference keeps nobody out, and fits a small phone', async () => {
  const phone = await browser.openTab({ viewport: { width: 320, height: 640 }, colorScheme: 'light' })
  await openAll(phone)
  expect(await brokenRules(phone.page)).toEqual([])
  expect(await overflow(phone.page)).toBe(0)
  const targets = await smallTargets(phone.page)
  expect(targets.filter((html) => html.startsWith('<summary'))).toEqual([])
})

test('the reference can be read in the dark', async () => {
  const desk = await browser.openTab({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark' })
  await openAll(desk)
  expect(await paleTexts(desk.page)).toEqual([])
  expect(await overflow(desk.page)).toBe(0)
})

test('the reference works without scripts: an operation opens, and leads to what it answers', async () => {
  const tab = await browser.openTab({ javaScriptEnabled: false })
  await tab.open(`http://localhost:${server.port}/docs`)
  const operation = tab.page.locator('#getClientsById')
  await operation.locator('summary').click()
  expect(await operation.getByText('read:clients').isVisible()).toBe(true)
  await operation.getByRole('link', { name: 'Refusal' }).first().click()
  expect(new URL(tab.page.url()).hash).toBe('#record-Refusal')
})
