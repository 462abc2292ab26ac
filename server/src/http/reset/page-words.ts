/**
 * In which language a page speaks, and in whose words. `ui_locales` of the address counts first, and is remembered for the
 * pages that follow; then what the browser asks for; then the tenant's first language.
 */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { CustomTextStore, CustomTexts } from '../../custom-texts/custom-text-store.ts'
import { promptOfPages } from '../../pages/text/screens.ts'
import { chooseLocale, enabledLocalesOf, parseAcceptLanguage, parseUiLocales } from '../../tenants/locales.ts'
import { queryOf } from './form.ts'

export interface PageWords {
  locale: string
  customTexts: CustomTexts
}

const cookieName = 'interlock_ui_locales'

export const rememberUiLocales = (request: FastifyRequest, reply: FastifyReply, locales: readonly string[]): void => {
  if (locales.length === 0) return
  const value = locales.join(' ')
  const secure = request.tenant.scheme === 'https'
  reply.setCookie(cookieName, value, { path: '/', httpOnly: true, sameSite: 'lax', secure })
  // The page that is sent now is the first that speaks it.
  request.cookies[cookieName] = value
}

/** What the user's application, or the link, asked for; the dearest first. */
export const uiLocalesOf = (request: FastifyRequest): string[] => {
  const named = parseUiLocales(queryOf(request, 'ui_locales'))
  return named.length > 0 ? named : parseUiLocales(request.cookies[cookieName])
}

const localeOf = (request: FastifyRequest): string =>
  chooseLocale(enabledLocalesOf(request.tenant), [
    ...uiLocalesOf(request),
    ...parseAcceptLanguage(request.headers['accept-language']),
  ])

/** Without a tenant there are no words but ours. */
export type WordsOf = (request: FastifyRequest) => Promise<PageWords>

export const wordsOf =
  ({ customTexts }: { customTexts: Pick<CustomTextStore, 'find'> }): WordsOf =>
  async (request) => {
    if (!request.tenant) return { locale: 'en', customTexts: {} }
    const locale = localeOf(request)
    const place = { prompt: promptOfPages, language: locale }
    return { locale, customTexts: await customTexts.find(request.tenant.name, place) }
  }
