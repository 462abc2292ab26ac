import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { overflow, paleTexts, smallTargets } from '../support/accessibility.ts'
import { launchBrowser, type Tab, type TestBrowser } from '../support/browser.ts'
import { originOf } from '../support/hosted-pages.ts'
import { type PictureHost, startPictureHost } from '../support/picture-host.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { createTenant, type TestTenant } from '../support/tenant.ts'
import { brandedNames, type Gallery, openGallery } from './gallery.ts'
import { openTwoScreens } from './two-screens.ts'

let gallery: Gallery
let server: RunningServer
let tenant: TestTenant
let pictures: PictureHost
let browser: TestBrowser
let phone: Tab
let desk: Tab

beforeAll(async () => {
  gallery = await openGallery()
  server = await startTestServer()
  tenant = await createTenant(server)
  pictures = await startPictureHost()
  browser = await launchBrowser([pictures.resolverRule])
  ;({ phone, desk } = await openTwoScreens(browser))
})
afterEach(() => expect(browser.takeComplaints()).toEqual([]))
afterAll(async () => {
  await browser.close()
  await pictures.stop()
  await server.stop()
  await gallery.close()
})

describe('in any colours a page and a mail can be read, and fit', () => {
  /** Between them they have all that has a colour; the others are for eyes. */
  const telling = brandedNames.filter((name) => /challenge-email-wrong|denied-plain|mail-reset/.test(name))

  test.each(telling)('%s', async (name) => {
    for (const tab of [phone, desk]) {
      await tab.open(gallery.urlOf(name))
      expect({ pale: await paleTexts(tab.page), overflow: await overflow(tab.page) }).toEqual({ pale: [], overflow: 0 })
    }
    if (!name.includes('mail')) expect(await smallTargets(phone.page)).toEqual([])
  })
})

const requestPage = (of: TestTenant): string => `${originOf(of)}/u/reset-password/request`

const colourOf = (tab: Tab, selector: string, property: 'backgroundColor' | 'color'): Promise<string> =>
  tab.page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).${property}`)

const widthOfPicture = (tab: Tab): Promise<number> =>
  tab.page.locator('img.logo').evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)

describe('what the API sets', () => {
  test('is on the page: colours, logo, icon, and nothing learns where the user was', async () => {
    pictures.asked.splice(0)
    await tenant.api.must('PATCH', '/api/v2/branding', {
      colors: { primary: '#ffe600', page_background: '#0b3d4e' },
      logo_url: `${pictures.origin}/logo.svg?v=1`,
      favicon_url: `${pictures.origin}/icon.svg`,
    })
    await phone.open(requestPage(tenant))
    expect(await colourOf(phone, '.primary', 'backgroundColor')).toBe('rgb(255, 230, 0)')
    expect(await colourOf(phone, '.primary', 'color')).toBe('rgb(0, 0, 0)')
    expect(await colourOf(phone, 'body', 'backgroundColor')).toBe('rgb(11, 61, 78)')
    expect(await widthOfPicture(phone)).toBeGreaterThan(0)
    // The picture has a script in it.
    expect(await phone.page.title()).toContain('Reset your password')
    expect(pictures.asked.map(({ path }) => path)).toContain('/logo.svg')
    expect(pictures.asked.filter(({ referer }) => referer !== undefined)).toEqual([])
  })

  test('is on the pages of that tenant only', async () => {
    const other = await createTenant(server)
    await phone.open(requestPage(other))
    expect(await colourOf(phone, '.primary', 'backgroundColor')).toBe('rgb(36, 81, 199)')
    expect(await phone.page.locator('img').count()).toBe(0)
  })

  test('a new colour is there at the next page, though the old one may be kept for ever', async () => {
    for (const [primary, shown] of [
      ['#000000', 'rgb(0, 0, 0)'],
      ['#0b5d4e', 'rgb(11, 93, 78)'],
    ] as const) {
      await tenant.api.must('PATCH', '/api/v2/branding', { colors: { primary } })
      await phone.open(requestPage(tenant))
      expect(await colourOf(phone, '.primary', 'backgroundColor')).toBe(shown)
    }
  })

  test('a logo that is gone leaves the name', async () => {
    const own = await createTenant(server)
    await own.api.must('PATCH', '/api/v2/tenants/settings', {
      friendly_name: 'Acme <b>& Sons</b>',
      picture_url: `${pictures.origin}/no-such.png`,
    })
    const tab = await browser.openTab()
    await tab.open(requestPage(own))
    expect(await tab.page.getByRole('img').getAttribute('alt')).toBe('Acme <b>& Sons</b>')
    expect(tab.complaints.splice(0).join()).toContain('404: https://cdn.acme.example/no-such.png')
  })

  test('the font is loaded from its own address, and read as one', async () => {
    const own = await createTenant(server)
    await own.api.must('PATCH', '/api/v2/branding', { font: { url: `${pictures.origin}/font.woff2` } })
    const tab = await browser.openTab()
    await tab.open(requestPage(own))
    expect(await tab.page.evaluate<string>('getComputedStyle(document.body).fontFamily')).toMatch(/^brand, system-ui/)
    // There is none there: what counts is that the page may ask, and goes on without it. What Chromium says of that comes later.
    await tab.page.evaluate('document.fonts.ready.then(() => undefined)')
    await tab.page.context().close()
    expect(pictures.asked.map(({ path }) => path)).toContain('/font.woff2')
    expect(tab.complaints.splice(0).join()).not.toContain('Content Security Policy')
  })

  test('a picture from elsewhere is not loaded, whatever it was redirected by', async () => {
    await phone.open(requestPage(tenant))
    const loaded = await phone.page.evaluate(
      `new Promise((resolve) => { const image = new Image(); image.onload = () => resolve('loaded'); image.onerror = () => resolve('refused'); image.src = '${pictures.origin}/other.svg' })`,
    )
    expect(loaded).toBe('refused')
    expect(pictures.asked.map(({ path }) => path)).not.toContain('/other.svg')
    expect(phone.complaints.splice(0).join('\n')).toContain('Content Security Policy')
  })
})
