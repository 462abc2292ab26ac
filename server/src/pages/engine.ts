/**
 * Liquid, set up so that a value can only ever become text: every output is escaped, templates come from this folder alone,
 * and objects show their own properties only. `{{ 'id' | t: name: value }}` puts in a text of the page's language.
 */
import { fileURLToPath } from 'node:url'
import { type Context, Liquid } from 'liquidjs'
import { assetUrl } from './assets.ts'
import { isTextId, type Language, say } from './text/text.ts'

const engine = new Liquid({
  root: fileURLToPath(new URL('./templates/', import.meta.url)),
  extname: '.liquid',
  cache: true,
  outputEscape: 'escape',
  strictVariables: true,
  lenientIf: true,
  strictFilters: true,
  ownPropertyOnly: true,
})

engine.registerFilter('t', function (this: { context: Context }, id: unknown, ...values: unknown[]) {
  if (typeof id !== 'string' || !isTextId(id)) throw new Error(`There is no text with the id ${String(id)}.`)
  const language = this.context.getSync(['language']) as Language
  return say(language, id, Object.fromEntries(values as [string, string][]))
})

engine.registerFilter('asset', assetUrl)

/** What every template reads, with whatever the page adds. */
export type Scope = { language: Language } & Record<string, unknown>

export const renderTemplate = (template: string, scope: Scope): string => engine.renderFileSync(template, scope)
