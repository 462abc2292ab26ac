import { bringChecker } from '../support/accessibility.ts'
import type { Tab, TestBrowser } from '../support/browser.ts'

/** The smallest phone there is, and a desk in the dark: what fits and can be read on both does everywhere. */
export const openTwoScreens = async (browser: TestBrowser): Promise<{ phone: Tab; desk: Tab }> => {
  const phone = await browser.openTab({ viewport: { width: 320, height: 640 }, colorScheme: 'light' })
  const desk = await browser.openTab({ viewport: { width: 1280, height: 800 }, colorScheme: 'dark' })
  for (const { page } of [phone, desk]) await bringChecker(page)
  return { phone, desk }
}
