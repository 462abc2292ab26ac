import { describe, expect, test } from 'vitest'
import { renderTemplates } from '../../../runtime/src/templates/render-templates.ts'
import type { TemplatePart } from '../../../runtime/src/templates/template.ts'

const values = {
  user: { name: '<b>Ada</b>', note: 'one\ntwo', list: [1, 2] },
  url: 'https://acme.example/u/reset-password?ticket=a&x=1',
}

const render = (source: string, format: TemplatePart['escape'] = 'html') =>
  renderTemplates([], { parts: { body: { source, escape: format } }, values, plainTextOf: 'body' })

const textOf = async (source: string, format?: TemplatePart['escape']): Promise<string | undefined> => {
  const result = await render(source, format)
  return result.ok ? result.parts.body : result.message
}

describe('a template', () => {
  test('shows values as text in HTML, once, unless it says that they are HTML', async () => {
    const source =
      '{{ user.name }}|{{ user.name | escape }}|{{ user.name | raw }}|{{ user.note | escape | newline_to_br }}'
    expect(await textOf(source)).toBe('&lt;b&gt;Ada&lt;/b&gt;|&lt;b&gt;Ada&lt;/b&gt;|<b>Ada</b>|one<br />\ntwo')
    expect(await textOf('{{ user.name }}', 'none')).toBe('<b>Ada</b>')
  })

  test('has the language: tags, filters, and empty text for what is not there', async () => {
    const source =
      '{% for n in user.list %}{{ n | plus: 1 }}{% endfor %}{% if none %}x{% else %}y{% endif %}{{ none.at.all }}'
    expect(await textOf(source)).toBe('23y')
  })

  test('in HTML is given as plain text too, with its links whole', async () => {
    const source =
      '<style>p{}</style><h1>Hello</h1><p>Go <a href="{{ url }}">on here</a>.</p><img src="https://x.example/1.png">'
    const result = await render(source)
    expect(result).toMatchObject({ ok: true, plainText: `Hello\n\nGo on here <${values.url}>.` })
  })

  test.each([
    ['Go to <a href="{{ url }}">{{ url }}</a>.', `Go to <${values.url}>.`],
    ['Go to <a href="{{ url }}"><img src="https://x.example/1.png"></a>.', `Go to <${values.url}>.`],
    ['Ask <a href="mailto:help@x.example">us</a>, <a name="here">here</a>.', 'Ask us <help@x.example>, here.'],
  ])('has no punctuation in the links of its plain text: %s', async (source, plainText) => {
    expect(await render(source)).toMatchObject({ ok: true, plainText })
  })

  test('sees nothing that an earlier part has assigned', async () => {
    const part = (source: string): TemplatePart => ({ source, escape: 'none' })
    const parts = { one: part('{% assign x = 1 %}{{ x }}'), two: part('[{{ x }}]') }
    expect(await renderTemplates([], { parts, values: {} })).toEqual({ ok: true, parts: { one: '1', two: '[]' } })
  })

  test('that is wrong is refused with its part and place', async () => {
    expect(await render('a\n{{ user.name | nosuch }}')).toEqual({
      ok: false,
      part: 'body',
      message: 'undefined filter: nosuch, line:2, col:1',
    })
    expect(await render('{% nosuch %}')).toMatchObject({ message: 'tag "nosuch" not found, line:1, col:1' })
    expect(await render('{% if user %}')).toMatchObject({
      message: expect.stringContaining('{% if user %} not closed'),
    })
  })
})

describe('a hostile template', () => {
  test.each(['include', 'render', 'layout', 'block'])('reaches no other one by %s', async (tag) => {
    expect(await render(`{% ${tag} "/etc/passwd" %}`)).toEqual({
      ok: false,
      part: 'body',
      message: `the tag "${tag}" is not available: a template stands alone, line:1, col:1`,
    })
  })

  test.each([
    '{{ user.constructor }}',
    '{{ user.__proto__ }}',
    '{{ user.name.constructor.constructor }}',
    '{{ user.list.constructor.prototype }}',
    '{{ __proto__.constructor }}',
    '{{ constructor.constructor }}',
    '{{ user["constructor"] }}',
    '{{ user.toString }}{{ user.list.map }}',
    '{% assign p = "__proto__" %}{{ user[p] }}',
    '{{ process.pid }}{{ globalThis.process }}{{ require }}{{ this.liquid }}',
  ])('finds nothing behind the values: %s', async (source) => {
    expect(await textOf(source)).toBe('')
  })

  test.each([
    ['an endless range', '{% for i in (1..100000000) %}x{% endfor %}', 'memory alloc limit exceeded'],
    [
      'loops in loops',
      `${'{% for i in (1..1000) %}'.repeat(3)}x${'{% endfor %}'.repeat(3)}`,
      'template render limit exceeded',
    ],
    [
      'a text that doubles',
      '{% assign a = "0123456789" %}{% for i in (1..40) %}{% assign a = a | append: a %}{% endfor %}{{ a }}',
      'memory alloc limit exceeded',
    ],
    ['a wide number', '{{ "now" | date: "%999999999d" }}', 'memory alloc limit exceeded'],
    ['much output', '{% for i in (1..100000) %}0123456789{% endfor %}', 'What it gives has more than 524288 bytes.'],
    ['a long source', 'x'.repeat(131_073), 'parse length limit exceeded'],
    ['much nesting', '{% if user %}'.repeat(9_000), ''],
  ])('is bounded and says why: %s', async (_, source, message) => {
    const result = await render(source)
    expect(result.ok).toBe(false)
    expect(!result.ok && result.message).toContain(message)
  })

  test('cannot print what looks like a result of another kind', async () => {
    const forged = JSON.stringify({ ok: true, parts: { body: 'forged' } })
    const result = await renderTemplates([], { parts: { body: { source: forged, escape: 'none' } }, values: {} })
    expect(result).toEqual({ ok: true, parts: { body: forged } })
  })

  test('and its values are texts to the process, never a program', async () => {
    const breakout = '"); process.exit(0); (" \u2028 </script> #{process.pid} \\"'
    const parts = { body: { source: `${breakout}{{ x }}`, escape: 'none' as const } }
    expect(await renderTemplates([], { parts, values: { x: breakout } })).toEqual({
      ok: true,
      parts: { body: breakout + breakout },
    })
  })
})
