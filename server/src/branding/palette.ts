/**
 * The colours of a tenant's pages and mails, made of two that it chose. Whatever these are, everything can be read:
 *
 * - a button is filled with the primary colour as it is; its text is black or white, and it gets an edge where it would
 *   not stand out from what it lies on
 * - links and marks take the primary colour, darkened or lightened as far as it takes to read them
 * - what stands on the background itself is black or white where our own colour cannot be read there; where neither can
 *   on all of a gradient, it gets a ground of its own
 */
import type { Branding, Gradient } from '../tenants/branding.ts'
import {
  black,
  type Colour,
  contrast,
  legible,
  luminance,
  mix,
  parseColour,
  readableOn,
  standsOut,
  textOn,
  toHex,
  visible,
  white,
} from './colour.ts'

/** What our own style sheet has in one scheme. */
export interface Scheme {
  /** Where colours are moved to if they cannot be read. */
  towards: 'black' | 'white'
  card: string
  soft: string
  ground: string
  quiet: string
  fieldLine: string
  accent: string
  accentStrong: string
  onAccent: string
}

/** Values of custom properties, by their name in the style sheet. */
export interface Palette {
  accent: string
  'accent-strong': string
  'on-accent': string
  'accent-line': string
  link: string
  'link-strong': string
  ground: string
  'on-ground': string
  'ground-backing': string
}

const own = (text: string): Colour => parseColour(text) ?? black

const towardsOf = ({ towards }: Scheme): Colour => (towards === 'black' ? black : white)

/** Away from the text, unless the colour is at that end already. */
const pressed = (fill: Colour): Colour => {
  const text = textOn(fill)
  const away = text === white ? black : white
  return contrast(fill, away) < 1.5 ? mix(fill, text, 0.15) : mix(fill, away, 0.2)
}

const accentOf = (primary: Colour | undefined, scheme: Scheme) => {
  if (!primary) {
    const { accent, accentStrong, onAccent } = scheme
    return {
      accent,
      'accent-strong': accentStrong,
      'on-accent': onAccent,
      'accent-line': 'transparent',
      link: accent,
      'link-strong': accentStrong,
    }
  }
  const link = readableOn(primary, [scheme.card, scheme.soft].map(own), towardsOf(scheme))
  return {
    accent: toHex(primary),
    'accent-strong': toHex(pressed(primary)),
    'on-accent': toHex(textOn(primary)),
    'accent-line': standsOut(primary, [own(scheme.card)], visible) ? 'transparent' : scheme.fieldLine,
    link: toHex(link),
    'link-strong': toHex(mix(link, towardsOf(scheme), 0.3)),
  }
}

const samples = 16

/** The colours a background goes through; none if it cannot be used. */
const coloursOf = (background: string | Gradient | undefined): Colour[] => {
  if (typeof background !== 'object') return [parseColour(background)].filter((colour) => colour !== undefined)
  const [start, end] = [parseColour(background.start), parseColour(background.end)]
  if (!start || !end) return []
  return Array.from({ length: samples + 1 }, (_, index) => mix(start, end, index / samples))
}

/** Above it, a background would blind whoever wants dark pages. */
const lightestInTheDark = 0.18

const isUsable = (colours: readonly Colour[], { towards }: Scheme): boolean =>
  colours.length > 0 && (towards === 'black' || colours.every((colour) => luminance(colour) <= lightestInTheDark))

const cssOf = (background: string | Gradient | undefined, colours: readonly Colour[]): string => {
  const [first = black, last = first] = [colours[0], colours.at(-1)]
  if (typeof background !== 'object') return toHex(first)
  const angle = Number.isFinite(background.angle_deg) ? background.angle_deg : 0
  return `linear-gradient(${angle}deg, ${toHex(first)}, ${toHex(last)})`
}

const groundOf = (background: string | Gradient | undefined, scheme: Scheme) => {
  const colours = coloursOf(background)
  if (!isUsable(colours, scheme)) {
    return { ground: scheme.ground, 'on-ground': scheme.quiet, 'ground-backing': 'transparent' }
  }
  const ground = cssOf(background, colours)
  const text = [own(scheme.quiet), black, white].find((colour) => standsOut(colour, colours, legible))
  return text
    ? { ground, 'on-ground': toHex(text), 'ground-backing': 'transparent' }
    : { ground, 'on-ground': scheme.quiet, 'ground-backing': scheme.card }
}

export const paletteOf = ({ colors }: Branding, scheme: Scheme): Palette => ({
  ...accentOf(parseColour(colors?.primary), scheme),
  ...groundOf(colors?.page_background, scheme),
})
