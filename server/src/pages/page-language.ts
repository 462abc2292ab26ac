/** The language of one page: our words, with the tenant's own in their place. */
import type { CustomTexts } from '../custom-texts/custom-text-store.ts'
import { displayNameOf } from '../tenants/tenant.ts'
import type { PageContext } from './page-context.ts'
import { ownTextsOf, windowTitleOf } from './text/own-texts.ts'
import type { Screen } from './text/screens.ts'
import { fillOwn, type Language, languageOf } from './text/text.ts'

interface Context {
  locale: string
  customTexts?: CustomTexts
  clientName?: string
  tenant?: PageContext['tenant'] | null
}

export interface PageLanguage {
  language: Language
  /** Absent where the window is called what the heading says. */
  windowTitle?: string
}

/** Their scripts are written from right to left. */
const fromTheRight = new Set(['ar', 'fa', 'he', 'ur'])

export const directionOf = ({ tag }: Language): 'ltr' | 'rtl' =>
  fromTheRight.has(tag.split('-', 1)[0] ?? '') ? 'rtl' : 'ltr'

export const pageLanguage = (
  { tenant, locale, customTexts = {}, clientName }: Context,
  screen?: Screen,
): PageLanguage => {
  const ours = languageOf(locale)
  if (!tenant || Object.keys(customTexts).length === 0) return { language: ours }
  const name = displayNameOf(tenant)
  const values = { companyName: name, clientName: clientName ?? name, tenant: name }
  const own = { texts: ownTextsOf(customTexts, screen), values }
  const windowTitle = windowTitleOf(customTexts, screen)
  return {
    language: { ...ours, tag: locale, own },
    ...(windowTitle !== undefined && { windowTitle: fillOwn(windowTitle, own.values) }),
  }
}
