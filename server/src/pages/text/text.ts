/** Looks a text up in the user's language. English is the only one we have; a tenant's own words come before ours. */
import { en } from './en.ts'

export type TextId = keyof typeof en
export type Texts = Readonly<Record<TextId, string>>
export type OwnTexts = Readonly<Partial<Record<TextId, string>>>
export type Values = Readonly<Record<string, string | number>>

const languages: Readonly<Record<string, Texts>> = { en }

export interface Language {
  /** BCP 47. */
  tag: string
  texts: Texts
  own?: {
    texts: OwnTexts
    /** `${companyName}` and the like, which every text of a tenant may name. */
    values: Values
  }
}

/** The language of a locale such as `en-GB`; English for one that there are no texts for. */
export const languageOf = (locale: string): Language => {
  const tag = locale.split('-', 1)[0]?.toLowerCase() ?? ''
  const texts = Object.hasOwn(languages, tag) ? languages[tag] : undefined
  return texts ? { tag, texts } : { tag: 'en', texts: en }
}

export const isTextId = (id: string): id is TextId => Object.hasOwn(en, id)

/** A variable that the page has no value for stays as it was written: whoever wrote it sees that. */
export const fillOwn = (text: string, values: Values): string =>
  text.replaceAll(/\$\{(\w+)\}/g, (variable, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : variable,
  )

/** The vendor's names for values that our texts name otherwise. */
const vendorNames = ({ to, ...values }: Values): Values =>
  to === undefined ? values : { email: to, phone: to, phoneNumber: to, ...values, to }

/** Plain text, to be escaped like every other value. Throws on a value that is missing. */
export const say = ({ texts, own }: Language, id: TextId, values: Values = {}): string => {
  const ownText = own?.texts[id]
  if (ownText !== undefined) return fillOwn(ownText, { ...own?.values, ...vendorNames(values) })
  return texts[id].replaceAll(/\{(\w+)\}/g, (_match, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`The text ${id} needs a value for ${name}.`)
    return String(value)
  })
}
