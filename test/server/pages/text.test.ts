import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { en } from '../../../server/src/pages/text/en.ts'
import { languageOf, say } from '../../../server/src/pages/text/text.ts'

const folder = new URL('../../../server/src/pages/', import.meta.url)
const templates = readdirSync(new URL('templates/', folder))
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8')

const idsIn = (source: string): string[] => [...source.matchAll(/'([\w.-]+)' \| t\b/g)].map(([, id = '']) => id)

describe.each(templates)('the template %s', (template) => {
  test('names only texts that exist', () => {
    for (const id of idsIn(read(`templates/${template}`))) expect(Object.keys(en)).toContain(id)
  })
})

test('no text is left over', () => {
  const sources = ['reset-pages.ts', 'enroll-pages.ts', 'render.ts', ...templates.map((name) => `templates/${name}`)]
  const used = sources.map(read).join('\n')
  // A page composes some ids: then their beginning is named.
  const beginnings = [...used.matchAll(/`([\w-]+(?:\.[\w-]+)*\.)\$\{/g), ...used.matchAll(/`([\w.-]+-)\$\{/g)].map(
    ([, beginning = '']) => beginning,
  )
  const unused = Object.keys(en).filter(
    (id) => !used.includes(`'${id}'`) && !beginnings.some((beginning) => id.startsWith(beginning)),
  )
  expect(unused).toEqual([])
})

test('a text without its value is a mistake that shows at once', () => {
  expect(() => say(languageOf('en'), 'check-email.lead')).toThrow('needs a value for email')
})

test('a language there are no texts for is answered in English, and says so', () => {
  expect(languageOf('xx-YY').tag).toBe('en')
  expect(languageOf('constructor').tag).toBe('en')
})
