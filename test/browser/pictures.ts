/**
 * Takes a picture of every page and mail, on a desk and on a phone, light and dark: `node test/browser/pictures.ts <folder>`,
 * with the beginning of a name after it for some of them only.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { launchBrowser, type TestBrowser } from '../support/browser.ts'
import { startPictureHost } from '../support/picture-host.ts'
import { brandedNames, openGallery, otherNames, pageNames } from './gallery.ts'

const sizes = { desk: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } }
const schemes = ['light', 'dark'] as const

const [folder, beginning = ''] = process.argv.slice(2)
if (folder === undefined) throw new Error('Name the folder for the pictures.')

const names = [...pageNames, ...otherNames, ...brandedNames].filter((name) => name.startsWith(beginning))

const take = async (browser: TestBrowser, urlOf: (name: string) => string): Promise<void> => {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of schemes) {
      const { page } = await browser.openTab({ viewport, colorScheme })
      for (const name of names) {
        await page.goto(urlOf(name))
        await page.screenshot({ path: join(folder, `${name}.${size}-${colorScheme}.png`), fullPage: true })
      }
    }
  }
}

await mkdir(folder, { recursive: true })
const gallery = await openGallery()
const pictureHost = await startPictureHost()
const browser = await launchBrowser([pictureHost.resolverRule])
try {
  await take(browser, gallery.urlOf)
} finally {
  await browser.close()
  await pictureHost.stop()
  await gallery.close()
}
console.log(`${names.length * Object.keys(sizes).length * schemes.length} pictures in ${folder}`)
