import { type HTMLElement, parse } from 'node-html-parser'
import { describe, expect, test } from 'vitest'
import { problems } from '../../../server/src/errors.ts'
import { allAssets } from '../../../server/src/pages/assets.ts'
import { renderPage, renderProblem } from '../../../server/src/pages/render.ts'
import { aTenant } from '../../support/database.ts'
import { everyView, hostile } from './every-view.ts'

const base = aTenant('one')
const settings = { ...base.settings, friendly_name: hostile, support_url: 'https://acme.example/help' }
const tenant = { ...base, settings }
const context = { tenant, csrfToken: 'the-csrf-token', locale: 'en-GB' }

const problemTexts = [...new Set(Object.values(problems).map(({ text }) => text))]
const pages: [string, string][] = [
  ...Object.entries(everyView).map(([name, view]): [string, string] => [name, renderPage(view, context).html]),
  ...problemTexts.map((text): [string, string] => [
    `problem: ${text}`,
    renderProblem(text, { tenant, correlationId: hostile, locale: 'en' }),
  ]),
]

const labelled = (document: HTMLElement, input: HTMLElement): boolean =>
  input.getAttribute('type') === 'hidden' ||
  input.getAttribute('aria-hidden') === 'true' ||
  document.querySelector(`label[for="${input.getAttribute('id')}"]`) !== null

describe.each(pages)('%s', (_name, html) => {
  const document = parse(html, { comment: true })

  test('nothing it shows becomes markup', () => {
    expect(html).not.toContain('<script>')
    expect(document.querySelectorAll('[onerror]')).toEqual([])
    expect(document.querySelectorAll('img')).toEqual([])
  })

  test('it has no script, style or handler of its own: the content security policy allows none', () => {
    for (const script of document.querySelectorAll('script')) {
      expect(script.getAttribute('src')).toMatch(/^\/assets\//)
      expect(script.textContent).toBe('')
    }
    expect(document.querySelectorAll('style, [style]')).toEqual([])
    expect(html).not.toMatch(/<[^>"]*(?:"[^"]*"[^>"]*)*\son\w+=/)
  })

  test('every form posts to our own site and carries the token', () => {
    for (const form of document.querySelectorAll('form')) {
      expect(form.getAttribute('method')).toBe('post')
      expect(form.getAttribute('action')).toMatch(/^\/u\//)
      expect(form.querySelector('input[name=_csrf]')?.getAttribute('value')).toBe('the-csrf-token')
    }
  })

  test('it has a language, a title, one heading, and a label for every field', () => {
    expect(document.querySelector('html')?.getAttribute('lang')).toBe('en')
    expect(document.querySelector('title')?.textContent.trim()).not.toBe('')
    expect(document.querySelectorAll('h1')).toHaveLength(1)
    for (const input of document.querySelectorAll('input')) expect(labelled(document, input)).toBe(true)
  })

  test('a field that was refused says why, to screen readers too', () => {
    for (const input of document.querySelectorAll('[aria-invalid]')) {
      const ids = input.getAttribute('aria-describedby')?.split(' ') ?? []
      expect(ids).toContain('error')
      expect(document.querySelector('#error')?.getAttribute('role')).toBe('alert')
      expect(document.querySelector('#error')?.textContent.trim()).not.toBe('')
    }
  })

  test('what it loads exists', () => {
    const known = allAssets().map(({ url }) => url)
    const loaded = document
      .querySelectorAll('link, script')
      .map((element) => element.getAttribute('href') ?? element.getAttribute('src') ?? '')
    for (const url of loaded) expect(known).toContain(url)
  })
})

test('a form that was refused answers with an error status, and says so in the title', () => {
  const { status, html } = renderPage({ page: 'request', error: 'invalid-email' }, context)
  expect(status).toBe(422)
  expect(parse(html).querySelector('title')?.textContent).toMatch(/^Error: /)
})

test('a way on that is no web address is not shown as a link', () => {
  const { html } = renderPage({ page: 'done', resultUrl: 'javascript:alert(1)' }, context)
  expect(html).not.toContain('javascript:')
})

test('a support address that is no web address is not shown as a link', () => {
  const support = { ...tenant, settings: { ...settings, support_url: 'javascript:alert(1)' } }
  expect(renderPage({ page: 'wait' }, { ...context, tenant: support }).html).not.toContain('javascript:')
})

test('only an internal problem names a reference, as nothing else needs looking up', () => {
  for (const text of problemTexts) {
    const html = renderProblem(text, { tenant, correlationId: 'the-reference', locale: 'en' })
    expect(html.includes('the-reference')).toBe(text === 'internal')
  }
})

test('the problem of an unknown host names no tenant', () => {
  const html = renderProblem('tenant-unknown', { tenant: null, correlationId: 'x', locale: 'en' })
  expect(parse(html).querySelector('.brand')).toBeNull()
})

test('the code field is filled in by phones and password managers', () => {
  const { html } = renderPage(everyView['code by mail'] ?? { page: 'wait' }, context)
  const code = parse(html).querySelector('#code')
  expect(code?.getAttribute('autocomplete')).toBe('one-time-code')
  expect(code?.getAttribute('inputmode')).toBe('numeric')
})

test('the new password is kept under the account by password managers', () => {
  const { html } = renderPage({ page: 'new-password', email: 'ada@example.com' }, context)
  const document = parse(html)
  expect(document.querySelector('[autocomplete=username]')?.getAttribute('value')).toBe('ada@example.com')
  expect(document.querySelectorAll('[autocomplete=new-password]')).toHaveLength(2)
})
