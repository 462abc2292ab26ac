/** What keeps people out of a page. */
import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'

/** To be called before the page is opened: gives it, and every page after it in this tab, the checker. */
export const bringChecker = async (page: Page): Promise<void> => {
  await page.addInitScript({ content: axe.source })
}

/** Every rule of axe-core on the page as it is shown: scheme and width count. */
export const brokenRules = async (page: Page): Promise<string[]> => {
  const { violations } = await page.evaluate<AxeResults>('axe.run()')
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`))
}

/** Text in the colours shown must stand out from what is behind it (WCAG 2.2, 1.4.3). */
export const paleTexts = async (page: Page): Promise<string[]> => {
  const { violations } = await page.evaluate<AxeResults>("axe.run({ runOnly: ['color-contrast'] })")
  return violations.flatMap(({ nodes }) => nodes.map(({ html }) => html))
}

/** What is too small for a thumb: below 44 pixels on a side (WCAG 2.2, 2.5.5). A box is hit by its label as well. */
export const smallTargets = (page: Page): Promise<string[]> =>
  page
    .locator('a, button, summary, input:not([type=hidden], [type=checkbox], [aria-hidden]), .check label')
    .filter({ visible: true })
    .evaluateAll((elements) =>
      elements
        .filter((element) => {
          const { width, height } = element.getBoundingClientRect()
          return width < 44 || height < 44
        })
        .map((element) => element.outerHTML),
    )

/** How many pixels wider than the window the page is. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
