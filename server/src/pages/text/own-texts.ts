/** What a tenant says in its own words on one page. */
import type { CustomTexts } from '../../custom-texts/custom-text-store.ts'
import { en } from './en.ts'
import { type Screen, screenOfAllTexts, screens } from './screens.ts'
import { isTextId, type OwnTexts, type TextId } from './text.ts'

const namesReceiver = /\$\{(?:to|email|phone|phoneNumber)\}/

/** The vendor shows where a code went below the description, our texts name it: a description that does not is given it. */
const withReceiver = (text: string, id: TextId): string =>
  en[id].includes('{to}') && !namesReceiver.test(text) ? `${text} \${to}` : text

const textsOf = (texts: CustomTexts, screen: string): [string, string][] =>
  Object.hasOwn(texts, screen) ? Object.entries(texts[screen] ?? {}).filter(([, text]) => text !== '') : []

/** An empty text is none: a button or a heading without words helps nobody. */
export const ownTextsOf = (texts: CustomTexts, screen: Screen | undefined): OwnTexts => {
  const everywhere = textsOf(texts, screenOfAllTexts).filter(([key]) => isTextId(key))
  const here = screen === undefined ? [] : textsOf(texts, screen)
  const places: Readonly<Record<string, readonly TextId[]>> = screen === undefined ? {} : screens[screen]
  const onScreen = here.flatMap(([key, text]) =>
    (Object.hasOwn(places, key) ? (places[key] ?? []) : []).map((id) => [id, withReceiver(text, id)]),
  )
  return Object.fromEntries([...everywhere, ...onScreen])
}

/** The title of the window, where it is not to be the heading. */
export const windowTitleOf = (texts: CustomTexts, screen: Screen | undefined): string | undefined =>
  screen === undefined ? undefined : textsOf(texts, screen).find(([key]) => key === 'pageTitle')?.[1]
