import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { brokenRules, overflow, paleTexts, smallTargets } from '../support/accessibility.ts'
import { launchBrowser, type Tab, type TestBrowser } from '../support/browser.ts'
import { type Gallery, openGallery, otherNames, pageNames } from './gallery.ts'
import { openTwoScreens } from './two-screens.ts'

let gallery: Gallery
let browser: TestBrowser
let phone: Tab
let desk: Tab

beforeAll(async () => {
  gallery = await openGallery()
  browser = await launchBrowser()
  ;({ phone, desk } = await openTwoScreens(browser))
})
afterEach(() => expect(browser.takeComplaints()).toEqual([]))
afterAll(async () => {
  await browser.close()
  await gallery.close()
})

const openBoth = (name: string) => Promise.all([phone, desk].map((tab) => tab.open(gallery.urlOf(name))))

const fitAndLegible = async (tab: Tab) => ({ pale: await paleTexts(tab.page), overflow: await overflow(tab.page) })

describe('keeps nobody out, fits a small phone and a thumb, and can be read in the dark', () => {
  test.each(pageNames)('%s', async (name) => {
    await openBoth(name)
    const [barriers, small, tooWide, inTheDark] = await Promise.all([
      brokenRules(phone.page),
      smallTargets(phone.page),
      overflow(phone.page),
      fitAndLegible(desk),
    ])
    expect({ barriers, small, tooWide, inTheDark }).toEqual({
      barriers: [],
      small: [],
      tooWide: 0,
      inTheDark: { pale: [], overflow: 0 },
    })
  })
})

describe('can be read on a small phone and in the dark', () => {
  test.each(otherNames)('%s', async (name) => {
    await openBoth(name)
    for (const tab of [phone, desk]) expect(await fitAndLegible(tab)).toEqual({ pale: [], overflow: 0 })
  })
})
