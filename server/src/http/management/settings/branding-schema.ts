import { z } from 'zod'
import { httpsOrEmpty } from './web-address.ts'

export const colour = z
  .string()
  .refine(
    (text) => /^#(?:[\da-f]{3}|[\da-f]{6})$/i.test(text),
    "Object didn't pass validation for format html-color: # and three or six hexadecimal digits",
  )

const gradient = z.strictObject({
  type: z.literal('linear-gradient'),
  start: colour,
  end: colour,
  angle_deg: z.number().min(-360).max(360).default(0),
})

export const colours = z.strictObject({
  primary: colour.nullish().describe('Colour of buttons and links'),
  page_background: z.union([colour, gradient]).nullish().describe('Colour behind the card, or a linear gradient'),
})

export const editBranding = z.strictObject({
  colors: colours.nullish(),
  favicon_url: httpsOrEmpty.nullish().describe('Icon of the pages'),
  logo_url: httpsOrEmpty.nullish().describe('Shown on pages and in mails'),
  font: z.strictObject({ url: httpsOrEmpty.nullish().describe('WOFF, WOFF2, TrueType or OpenType') }).nullish(),
})
export type BrandingPatch = z.infer<typeof editBranding>
