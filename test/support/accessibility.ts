/** What would keep somebody out of a page: the rules of axe-core, contrast in the scheme shown included. */
import { type AxeResults, source } from 'axe-core'
import type { Page } from 'playwright-core'

export const accessibilityComplaints = async (page: Page): Promise<string[]> => {
  await page.evaluate(source)
  const { violations } = await page.evaluate<AxeResults>('axe.run()')
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html}`))
}
