import { describe, expect, test } from 'vitest'
import {
  chooseLocale,
  enabledLocalesOf,
  locales,
  parseAcceptLanguage,
  parseUiLocales,
} from '../../../server/src/tenants/locales.ts'

describe('Accept-Language', () => {
  test.each([
    ['de-CH, de;q=0.9, en;q=0.8, *;q=0.5', ['de-CH', 'de', 'en']],
    ['en;q=0.5,fr', ['fr', 'en']],
    ['fr;q=0, en', ['en']],
    ['', []],
    [undefined, []],
    ['<script>,de,x y', ['de']],
    [`${'de,'.repeat(10_000)}en`, Array.from({ length: 20 }, () => 'de')],
  ])('%j', (header, expected) => {
    expect(parseAcceptLanguage(header)).toEqual(expected)
  })
})

test('ui_locales are tags with spaces between them', () => {
  expect(parseUiLocales('fr-CA  fr en')).toEqual(['fr-CA', 'fr', 'en'])
  expect(parseUiLocales('de;path=/ <b> ../x 12 e')).toEqual([])
  expect(parseUiLocales(undefined)).toEqual([])
})

describe('the language a user gets', () => {
  test.each([
    [['en', 'de'], ['de'], 'de'],
    [['en', 'de'], ['DE-at'], 'de'],
    [['en', 'fr-CA'], ['fr-FR', 'en'], 'fr-CA'],
    [['en', 'fr', 'fr-CA'], ['fr-CA'], 'fr-CA'],
    [['en', 'pt-PT', 'pt-BR'], ['pt-BR'], 'pt-BR'],
    [['de', 'en'], ['it', 'en-GB'], 'en'],
    [['de', 'en'], ['it'], 'de'],
    [['de', 'en'], [], 'de'],
  ])('of %j, who wants %j: %s', (enabled, wishes, expected) => {
    expect(chooseLocale(enabled, wishes)).toBe(expected)
  })
})

test('a tenant that enabled none has English', () => {
  expect(enabledLocalesOf({ settings: {} })).toEqual(['en'])
})

test('every locale is a tag of its own', () => {
  expect(new Set(locales).size).toBe(locales.length)
  for (const locale of locales) expect(() => new Intl.Locale(locale)).not.toThrow()
})
