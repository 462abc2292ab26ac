/** The static files of the pages. Their address carries a hash of their content, so a browser may keep them for ever. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

export interface Asset {
  url: string
  type: string
  content: Buffer
}

const own = (file: string): URL => new URL(`./assets/${file}`, import.meta.url)
const webauthnLibrary = new URL('../dist/bundle/index.umd.min.js', import.meta.resolve('@simplewebauthn/browser'))

const files: Record<string, { type: string; source: URL }> = {
  'page.css': { type: 'text/css; charset=utf-8', source: own('page.css') },
  'form.css': { type: 'text/css; charset=utf-8', source: own('form.css') },
  'outbox.css': { type: 'text/css; charset=utf-8', source: own('outbox.css') },
  'reference.css': { type: 'text/css; charset=utf-8', source: own('reference.css') },
  'icon.svg': { type: 'image/svg+xml', source: own('icon.svg') },
  'show-password.js': { type: 'text/javascript; charset=utf-8', source: own('show-password.js') },
  'webauthn.js': { type: 'text/javascript; charset=utf-8', source: own('webauthn.js') },
  'simplewebauthn.js': { type: 'text/javascript; charset=utf-8', source: webauthnLibrary },
}

const toAsset = ([name, { type, source }]: [string, { type: string; source: URL }]): [string, Asset] => {
  const content = readFileSync(source)
  const hash = createHash('sha256').update(content).digest('base64url').slice(0, 16)
  return [name, { url: `/assets/${hash}/${name}`, type, content }]
}

const assets: ReadonlyMap<string, Asset> = new Map(Object.entries(files).map(toAsset))

export const allAssets = (): Asset[] => [...assets.values()]

export const assetUrl = (name: string): string => {
  const asset = assets.get(name)
  if (!asset) throw new Error(`There is no asset ${name}.`)
  return asset.url
}
