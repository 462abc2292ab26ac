/**
 * The process that renders one tenant's templates once. It has no file, no network, no environment and no other tenant's
 * values; it prints the result and ends.
 */
import { convert, type DomNode, type FormatCallback } from 'html-to-text'
import { createLiquid } from './liquid-engine.ts'
import { type RenderRequest, type RenderResult, templateLimits } from './template.ts'

declare const job: string

/** Liquid's text, with its line and column, without the lines of the source it shows. */
const messageOf = (error: unknown): string => {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  return first.slice(0, 500)
}

const textOf = ({ data = '', children }: DomNode): string => data + (children ?? []).map(textOf).join('')

/**
 * The address stands in angle brackets (RFC 3986, appendix C), so that a full stop behind it is no part of it; and once,
 * where the link shows nothing but its address.
 */
const link: FormatCallback = (element, walk, builder) => {
  const address = String(element.attribs?.href ?? '').replace(/^mailto:/, '')
  const text = textOf(element).trim()
  const isNamed = text !== '' && text !== address
  if (isNamed || address === '') walk(element.children, builder)
  if (address !== '') builder.addInline(`${isNamed ? ' ' : ''}<${address}>`, { noWordTransform: true })
}

const toPlainText = (html: string): string =>
  convert(html, {
    wordwrap: false,
    limits: { maxInputLength: templateLimits.outputBytes },
    formatters: { link },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', format: 'link' },
      ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  })

const render = ({ parts, values, plainTextOf }: RenderRequest): RenderResult => {
  const rendered: Record<string, string> = {}
  for (const [part, template] of Object.entries(parts)) {
    try {
      rendered[part] = String(createLiquid(template.escape).parseAndRenderSync(template.source, values))
    } catch (error) {
      return { ok: false, part, message: messageOf(error) }
    }
  }
  const html = plainTextOf === undefined ? undefined : rendered[plainTextOf]
  return { ok: true, parts: rendered, ...(html !== undefined && { plainText: toPlainText(html) }) }
}

process.stdout.write(JSON.stringify(render(JSON.parse(job))))
