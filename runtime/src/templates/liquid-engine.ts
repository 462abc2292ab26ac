/**
 * Liquid as tenants have it: the language's tags and filters, and no other template.
 *
 * - in HTML, values are escaped unless the last filter is `raw`; who writes `escape` as well gets it once
 * - own properties only: nothing of JavaScript's prototypes
 * - an unknown tag or filter is an error, an unknown variable is empty
 */
import { type FilterImplOptions, Liquid } from 'liquidjs'
import { type TemplatePart, templateLimits } from './template.ts'

const otherTemplates = ['include', 'render', 'layout', 'block'] as const

const refuseTag = (engine: Liquid, name: string): void =>
  engine.registerTag(name, {
    parse() {
      throw new Error(`the tag "${name}" is not available: a template stands alone`)
    },
    render() {},
  })

type FilterHandler = Extract<FilterImplOptions, (...values: never[]) => unknown>

/** What these give is HTML already. */
const markAsHtml = (engine: Liquid): void => {
  const { escape: escapeAll, escape_once, newline_to_br } = engine.filters as Record<string, FilterHandler>
  if (!escapeAll || !escape_once || !newline_to_br) throw new Error('Liquid lacks its filters for HTML.')
  engine.registerFilter('escape', { raw: true, handler: escapeAll })
  engine.registerFilter('escape_once', { raw: true, handler: escape_once })
  engine.registerFilter('newline_to_br', {
    raw: true,
    handler(value) {
      return newline_to_br.call(this, escape_once.call(this, value))
    },
  })
}

export const createLiquid = (format: TemplatePart['escape']): Liquid => {
  const engine = new Liquid({
    templates: {},
    strictFilters: true,
    ownPropertyOnly: true,
    timezoneOffset: 0,
    locale: 'en',
    parseLimit: templateLimits.sourceLength,
    memoryLimit: templateLimits.cells,
    renderLimit: templateLimits.renderMs,
    ...(format === 'html' && { outputEscape: 'escape' as const }),
  })
  for (const name of otherTemplates) refuseTag(engine, name)
  if (format === 'html') markAsHtml(engine)
  return engine
}
