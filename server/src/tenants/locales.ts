/** Languages of the pages: which a tenant may enable, and which of them a user gets. */

/** BCP 47 tags: the vendor's list. */
export const locales: readonly string[] = [
  'am ar ar-EG ar-SA az bg bn bs ca-ES cnr cs cy da de el en en-CA es es-419 es-AR es-MX et eu-ES fa fi fr fr-CA fr-FR',
  'gl-ES gu he hi hr hu hy id is it ja ka kk kn ko lt lv mk ml mn mr ms my nb nl nn no pa pl pt pt-BR pt-PT ro ru',
  'sk sl so sq sr sv sw ta te th tl tr uk ur vi zgh zh-CN zh-HK zh-MO zh-TW',
].flatMap((line) => line.split(' '))

export const enabledLocalesOf = ({ settings }: { settings: { enabled_locales?: string[] } }): readonly string[] =>
  settings.enabled_locales?.length ? settings.enabled_locales : ['en']

const mostWishes = 20

/** `de-CH, de;q=0.9, *;q=0.1` as tags, the dearest first. Whatever is not a tag is left out. */
export const parseAcceptLanguage = (header: string | undefined): string[] =>
  (header ?? '')
    .split(',', mostWishes)
    .map((part) => /^\s*([a-z\d-]{1,35})\s*(?:;\s*q\s*=\s*([\d.]{1,5})\s*)?$/i.exec(part))
    .filter((match) => match !== null)
    .map(([, tag = '', quality = '1']) => ({ tag, quality: Number(quality) }))
    .filter(({ quality }) => quality > 0)
    .toSorted((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag)

export const isLanguageTag = (text: string): boolean => /^[a-z]{2,8}(-[a-z\d]{1,8}){0,4}$/i.test(text)

/** OpenID's `ui_locales`: tags with spaces between them, the dearest first. */
export const parseUiLocales = (text: string | undefined): string[] =>
  (text ?? '').split(/\s+/, mostWishes).filter(isLanguageTag)

/** The tag itself, then without its last parts one after the other: RFC 4647, 3.4. */
const widenings = (tag: string): string[] => {
  const parts = tag.toLowerCase().split('-')
  return parts.map((_part, index) => parts.slice(0, parts.length - index).join('-'))
}

const languageOf = (tag: string): string => tag.toLowerCase().split('-', 1)[0] ?? ''

const fitting = (enabled: readonly string[], wish: string): string | undefined =>
  widenings(wish)
    .map((tag) => enabled.find((locale) => locale.toLowerCase() === tag))
    .find((locale) => locale !== undefined) ?? enabled.find((locale) => languageOf(locale) === languageOf(wish))

/** The first wish that can be granted, if need be by another region's form of the language; else the tenant's first. */
export const chooseLocale = (enabled: readonly string[], wishes: readonly string[]): string =>
  wishes.map((wish) => fitting(enabled, wish)).find((locale) => locale !== undefined) ?? enabled[0] ?? 'en'
