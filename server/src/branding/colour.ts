/** Colours as numbers: how light they are, and how far one stands out from another (WCAG 2.2). */
export interface Colour {
  red: number
  green: number
  blue: number
}

export const black: Colour = { red: 0, green: 0, blue: 0 }
export const white: Colour = { red: 255, green: 255, blue: 255 }

/** `#rgb` or `#rrggbb`, and nothing else: what comes out can stand in a style sheet. */
export const parseColour = (text: unknown): Colour | undefined => {
  if (typeof text !== 'string' || !/^#(?:[\da-f]{3}|[\da-f]{6})$/i.test(text)) return undefined
  const digits = text.length === 4 ? text.replaceAll(/[^#]/g, '$&$&') : text
  const part = (start: number) => Number.parseInt(digits.slice(start, start + 2), 16)
  return { red: part(1), green: part(3), blue: part(5) }
}

const pair = (part: number): string => Math.round(part).toString(16).padStart(2, '0')
export const toHex = ({ red, green, blue }: Colour): string => `#${pair(red)}${pair(green)}${pair(blue)}`

const linear = (part: number): number => {
  const share = part / 255
  return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

/** Relative luminance, 0 for black to 1 for white. */
export const luminance = ({ red, green, blue }: Colour): number =>
  0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)

/** 1 to 21. */
export const contrast = (one: Colour, other: Colour): number => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

/** `share` of the way from one colour to another. */
export const mix = (from: Colour, to: Colour, share: number): Colour => ({
  red: from.red + (to.red - from.red) * share,
  green: from.green + (to.green - from.green) * share,
  blue: from.blue + (to.blue - from.blue) * share,
})

/** Text of this contrast can be read (WCAG 2.2, 1.4.3). */
export const legible = 4.5
/** The edge of a control must stand out this far (WCAG 2.2, 1.4.11). */
export const visible = 3

export const standsOut = (colour: Colour, grounds: readonly Colour[], by: number): boolean =>
  grounds.every((ground) => contrast(colour, ground) >= by)

/** Black or white: one of them is legible on any colour. */
export const textOn = (ground: Colour): Colour => (contrast(white, ground) >= legible ? white : black)

/** As it will stand in a style sheet. */
const rounded = ({ red, green, blue }: Colour): Colour => ({
  red: Math.round(red),
  green: Math.round(green),
  blue: Math.round(blue),
})

const steps = Array.from({ length: 21 }, (_, index) => index / 20)

/** The colour itself if it can be read on every ground, else the nearest to it on the way to black or white. */
export const readableOn = (colour: Colour, grounds: readonly Colour[], towards: Colour): Colour =>
  steps.map((share) => rounded(mix(colour, towards, share))).find((mixed) => standsOut(mixed, grounds, legible)) ??
  towards
