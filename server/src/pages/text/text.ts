/** Looks a text up in the user's language. English is the only one so far; other languages are further tables like it. */
import { en } from './en.ts'

export type TextId = keyof typeof en
export type Texts = Readonly<Record<TextId, string>>
export type Values = Readonly<Record<string, string | number>>

const languages: Readonly<Record<string, Texts>> = { en }

export interface Language {
  tag: string
  texts: Texts
}

/** The language of a locale such as `en-GB`; English for one that there are no texts for. */
export const languageOf = (locale: string): Language => {
  const tag = locale.split('-', 1)[0]?.toLowerCase() ?? ''
  const texts = Object.hasOwn(languages, tag) ? languages[tag] : undefined
  return texts ? { tag, texts } : { tag: 'en', texts: en }
}

export const isTextId = (id: string): id is TextId => Object.hasOwn(en, id)

/** Plain text, to be escaped like every other value. Throws on a value that is missing. */
export const say = ({ texts }: Language, id: TextId, values: Values = {}): string =>
  texts[id].replaceAll(/\{(\w+)\}/g, (_match, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`The text ${id} needs a value for ${name}.`)
    return String(value)
  })
