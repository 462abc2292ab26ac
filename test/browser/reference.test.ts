import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { bringChecker, brokenRules, overflow, paleTexts, smallTargets } from '../support/accessibility.ts'
import { launchBrowser, type Tab, type TabOptions, type TestBrowser } from '../support/browser.ts'
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

/** With a body in several forms, and with parameters and a list. */
const samples = ['#postUsersByIdAuthenticationMethods', '#getClients', '#record-Refusal']

/** Everything unfolded. */
const openReference = async (options: TabOptions): Promise<Tab> => {
  const tab = await browser.openTab(options)
  await bringChecker(tab.page)
  await tab.open(`http://localhost:${server.port}/docs`)
  await tab.page.locator('details').evaluateAll((all) => {
    for (const element of all) element.setAttribute('open', '')
  })
  return tab
}

/** All operations are built alike, and the rules take seconds for as many. */
const leaveSamples = (tab: Tab): Promise<void> =>
  tab.page.locator(`details${samples.map((id) => `:not(${id})`).join('')}`).evaluateAll((all) => {
    for (const element of all) element.remove()
  })

test('the reference keeps nobody out, and fits a small phone', async () => {
  const phone = await openReference({ viewport: { width: 320, height: 640 }, colorScheme: 'light' })
  expect(await overflow(phone.page)).toBe(0)
  await leaveSamples(phone)
  expect(await brokenRules(phone.page)).toEqual([])
  const targets = await smallTargets(phone.page)
  expect(targets.filter((html) => html.startsWith('<summary'))).toEqual([])
})

/** Words of paths that begin on one line and end on another. */
const brokenWords = (tab: Tab): Promise<string[]> =>
  tab.page.evaluate(`{
    const range = document.createRange()
    const texts = [...document.querySelectorAll('summary code')]
      .flatMap((code) => [...code.childNodes])
      .filter((node) => node.nodeType === Node.TEXT_NODE)
    const words = texts.flatMap((text) => [...text.data.matchAll(/[^/-]+/g)].map((word) => ({ text, word })))
    const linesOf = ({ text, word }) => {
      range.setStart(text, word.index)
      range.setEnd(text, word.index + word[0].length)
      return new Set([...range.getClientRects()].map(({ top }) => top)).size
    }
    words.filter((each) => linesOf(each) !== 1).map(({ word }) => word[0])
  }`)

test('a path breaks between its words on a phone, and in none of them', async () => {
  const phone = await openReference({ viewport: { width: 390, height: 844 } })
  expect(await brokenWords(phone)).toEqual([])
})

test('the reference can be read in the dark', async () => {
  const desk = await openReference({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark' })
  expect(await overflow(desk.page)).toBe(0)
  await leaveSamples(desk)
  expect(await paleTexts(desk.page)).toEqual([])
})

test('the reference works without scripts: an operation opens, and leads to what it answers', async () => {
  const tab = await browser.openTab({ javaScriptEnabled: false })
  await tab.open(`http://localhost:${server.port}/docs`)
  const operation = tab.page.locator('#getClientsById')
  const mark = () =>
    tab.page.evaluate<string>("getComputedStyle(document.querySelector('#getClientsById summary')).backgroundImage")
  const closed = await mark()
  expect(closed).toContain('data:image/svg+xml')
  await operation.locator('summary').click()
  expect(await mark()).not.toBe(closed)
  expect(await operation.getByText('read:clients').isVisible()).toBe(true)
  await operation.getByRole('link', { name: 'Refusal' }).first().click()
  expect(new URL(tab.page.url()).hash).toBe('#record-Refusal')
})
