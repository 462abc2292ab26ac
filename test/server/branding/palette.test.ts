import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  black,
  contrast,
  legible,
  mix,
  parseColour,
  toHex,
  visible,
  white,
} from '../../../server/src/branding/colour.ts'
import { mailBrandOf } from '../../../server/src/branding/mail-brand.ts'
import { type Palette, paletteOf, type Scheme } from '../../../server/src/branding/palette.ts'
import { pageSchemes } from '../../../server/src/branding/schemes.ts'
import type { Branding } from '../../../server/src/tenants/branding.ts'
import { aTenant } from '../../support/database.ts'

const part = fc.integer({ min: 0, max: 255 })
const colour = fc.record({ red: part, green: part, blue: part }).map(toHex)
const gradient = fc.record({
  type: fc.constant('linear-gradient' as const),
  start: colour,
  end: colour,
  angle_deg: fc.integer({ min: -360, max: 360 }),
})
const anyBranding = fc
  .record({ primary: colour, page_background: fc.oneof(colour, gradient) }, { requiredKeys: [] })
  .map((colors): Branding => ({ colors }))

const schemes = Object.entries(pageSchemes)
const own = (hex: string) => parseColour(hex) ?? expect.unreachable(`${hex} is no colour`)

const groundsOf = (ground: string) => {
  const ends = (ground.match(/#[\da-f]{6}/g) ?? []).map(own)
  const [start, end = start] = ends
  if (!start || !end) return expect.unreachable(ground)
  return Array.from({ length: 11 }, (_, index) => mix(start, end, index / 10))
}

/** Everything that is read on a page, with what it is read on. */
const unreadable = (palette: Palette, scheme: Scheme): string[] => {
  const backed = palette['ground-backing'] === 'transparent' ? palette.ground : palette['ground-backing']
  const lines: [string, string, string][] = [
    ['button', palette['on-accent'], palette.accent],
    ['pressed button', palette['on-accent'], palette['accent-strong']],
    ...[scheme.card, scheme.soft].flatMap((ground): [string, string, string][] => [
      ['link', palette.link, ground],
      ['link under the pointer', palette['link-strong'], ground],
    ]),
    ['line on the ground', palette['on-ground'], backed],
  ]
  return lines
    .filter(([, text, ground]) => groundsOf(ground).some((behind) => contrast(own(text), behind) < legible - 0.02))
    .map(([name, text, ground]) => `${name}: ${text} on ${ground}`)
}

describe('whatever a tenant chooses', () => {
  test.each(schemes)('everything can be read in the %s scheme', (_name, scheme) => {
    fc.assert(
      fc.property(anyBranding, (branding) => {
        expect(unreadable(paletteOf(branding, scheme), scheme)).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  test.each(schemes)('a button can be told from its card in the %s scheme', (_name, scheme) => {
    fc.assert(
      fc.property(anyBranding, (branding) => {
        const palette = paletteOf(branding, scheme)
        const edge = palette['accent-line'] === 'transparent' ? palette.accent : palette['accent-line']
        expect(contrast(own(edge), own(scheme.card))).toBeGreaterThanOrEqual(visible)
      }),
    )
  })

  test('a mail’s button, links and small print can be read', () => {
    fc.assert(
      fc.property(anyBranding, (branding) => {
        const brand = mailBrandOf({ ...aTenant('acme'), branding })
        expect(unreadable(brand, pageSchemes.light)).toEqual([])
        expect(brand.ground).toMatch(/^#[\da-f]{6}$/)
      }),
    )
  })
})

test('a button has the colour that was chosen, with the text that stands out from it', () => {
  const accentOf = (primary: string) => paletteOf({ colors: { primary } }, pageSchemes.light)
  expect(accentOf('#FFE600')).toMatchObject({ accent: '#ffe600', 'on-accent': '#000000' })
  expect(accentOf('#0b5d4e')).toMatchObject({ accent: '#0b5d4e', 'on-accent': '#ffffff', 'accent-line': 'transparent' })
  expect(accentOf('#fff')).toMatchObject({ accent: '#ffffff', 'on-accent': '#000000' })
})

test('who wants dark pages gets a background that is dark, or ours', () => {
  const groundOf = (page_background: string) => paletteOf({ colors: { page_background } }, pageSchemes.dark).ground
  expect(groundOf('#101038')).toBe('#101038')
  expect(groundOf('#fffbe0')).toBe(pageSchemes.dark.ground)
})

test('contrast is that of WCAG', () => {
  expect(contrast(black, white)).toBe(21)
  expect(contrast(own('#777777'), white)).toBeCloseTo(4.48, 2)
})

test('the style sheet has the colours that are reckoned with', () => {
  const css = readFileSync(new URL('../../../server/src/pages/assets/page.css', import.meta.url), 'utf8')
  const [light = '', dark = ''] = css.split('prefers-color-scheme: dark')
  const names = {
    card: 'card',
    soft: 'soft',
    ground: 'ground',
    quiet: 'quiet',
    fieldLine: 'field-line',
    accent: 'accent',
    accentStrong: 'accent-strong',
    onAccent: 'on-accent',
  } as const
  for (const [scheme, text] of [
    [pageSchemes.light, light],
    [pageSchemes.dark, dark],
  ] as const) {
    for (const [field, name] of Object.entries(names)) {
      expect(text).toContain(`--${name}: ${scheme[field as keyof typeof names]};`)
    }
  }
})
