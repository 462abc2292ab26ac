/** Chromium as people use it: every test opens tabs with cookies of their own, and nothing that goes wrong in them is lost. */
import { type Browser, type BrowserContextOptions, type CDPSession, chromium, type Page } from 'playwright-core'
import { chromiumPath } from './services.ts'
import { watchForComplaints } from './tab-complaints.ts'

export interface Tab {
  page: Page
  /** For the commands of the WebAuthn domain, which is on: no tab ever asks for a real authenticator. */
  devTools: CDPSession
  open(url: string): Promise<void>
  /** Waits for the page of this name: the `data-page` of the hosted pages. */
  at(name: string): Promise<void>
  press(button: string): Promise<void>
  /** Presses the button of a list whose first line this is. */
  choose(choice: string): Promise<void>
  fill(label: string, text: string): Promise<void>
  /** Text of the page's main part, blanks folded. */
  text(): Promise<string>
  /** What went wrong in this tab so far: errors on the console, refused resources, failed requests. */
  complaints: string[]
}

export type TabOptions = Pick<BrowserContextOptions, 'javaScriptEnabled' | 'colorScheme' | 'viewport'>

export interface TestBrowser {
  /** A tab in a profile of its own. */
  openTab(options?: TabOptions): Promise<Tab>
  /** Every complaint of every tab since they were last taken. */
  takeComplaints(): string[]
  close(): Promise<void>
}

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const toTab = (page: Page, devTools: CDPSession): Tab => {
  const complaints = watchForComplaints(page)
  const text = async (): Promise<string> =>
    (await page.locator('main').textContent())?.replaceAll(/\s+/g, ' ').trim() ?? ''
  return {
    page,
    devTools,
    complaints,
    async open(url) {
      await page.goto(url)
    },
    async at(name) {
      try {
        await page.locator(`main[data-page="${name}"]`).waitFor()
      } catch (cause) {
        throw new Error(`The tab is not at ${name}. It shows: ${await text()}`, { cause })
      }
    },
    press: (button) => page.getByRole('button', { name: button, exact: true }).click(),
    choose: (choice) => page.getByRole('button').getByText(choice, { exact: true }).click(),
    fill: (label, text) => page.getByLabel(label, { exact: true }).fill(text),
    text,
  }
}

const openTabIn = async (browser: Browser, options: TabOptions): Promise<Tab> => {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, ...options })
  const page = await context.newPage()
  const devTools = await context.newCDPSession(page)
  await devTools.send('WebAuthn.enable')
  return toTab(page, devTools)
}

/** `resolverRules` say where host names lead that are not ours, as in `MAP shop.example 127.0.0.1:8443`. */
export const launchBrowser = async (resolverRules: readonly string[] = []): Promise<TestBrowser> => {
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: [...args, ...(resolverRules.length > 0 ? [`--host-resolver-rules=${resolverRules.join(',')}`] : [])],
  })
  const tabs: Tab[] = []
  return {
    async openTab(options = {}) {
      const tab = await openTabIn(browser, options)
      tabs.push(tab)
      return tab
    },
    takeComplaints: () => tabs.flatMap((tab) => tab.complaints.splice(0)),
    close: () => browser.close(),
  }
}
