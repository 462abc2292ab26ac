/** What a browser complains about while it shows our pages. */
import type { ConsoleMessage, Page, Request, Response } from 'playwright-core'

/** Chromium puts the error status of the page itself on the console, and some of our pages have one on purpose. */
const isStatusOfThePage = (message: ConsoleMessage, page: Page): boolean =>
  message.text().startsWith('Failed to load resource') && message.location().url === page.url()

const isPage = (request: Request): boolean => request.isNavigationRequest()

/** The browser gave it up itself, because the tab had gone on: a favicon, mostly. */
const wasLeft = (request: Request): boolean => request.failure()?.errorText === 'net::ERR_ABORTED'

const textOf = (failed: Request): string => `failed: ${failed.url()}: ${failed.failure()?.errorText}`

/** Fills up as long as the tab lives. */
export const watchForComplaints = (page: Page): string[] => {
  const complaints: string[] = []
  page.on('console', (message) => {
    const serious = message.type() === 'error' || message.type() === 'warning'
    if (serious && !isStatusOfThePage(message, page)) complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`))
  page.on('requestfailed', (request) => {
    if (!wasLeft(request)) complaints.push(textOf(request))
  })
  page.on('response', (response: Response) => {
    const failed = response.status() >= 400 && !isPage(response.request())
    if (failed) complaints.push(`answered ${response.status()}: ${response.url()}`)
  })
  return complaints
}
