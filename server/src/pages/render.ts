/** Views and problems to HTML. Pure: no lookups, and nothing in a view can become markup. */
import type { CustomTexts } from '../custom-texts/custom-text-store.ts'
import type { problems } from '../errors.ts'
import type { EnrollView } from '../steps/enroll-view.ts'
import { renderTemplate } from './engine.ts'
import { enrollPages } from './enroll-pages.ts'
import type { PageRow } from './page.ts'
import { brandOf, type PageContext } from './page-context.ts'
import { directionOf, pageLanguage } from './page-language.ts'
import { requestPath, requestPathFrom } from './request-path.ts'
import { type ResetView, resetPages } from './reset-pages.ts'
import type { Screen } from './text/screens.ts'
import { say } from './text/text.ts'

type PageView = ResetView | EnrollView

export interface RenderedPage {
  status: number
  html: string
}
export type RenderPage = (view: PageView, context: PageContext) => RenderedPage

const rows = { ...resetPages, ...enrollPages }
const rowOf = (view: PageView): PageRow => (rows[view.page] as (view: PageView) => PageRow)(view)

export const renderPage: RenderPage = (view, context) => {
  const { tenant, csrfToken, origin = {}, organization } = context
  const { template, title, screen, status = 200, error, facts } = rowOf(view)
  const { language, windowTitle } = pageLanguage(context, screen)
  const heading = say(language, title)
  const windowText = windowTitle ?? heading
  const html = renderTemplate(template, {
    ...facts,
    page: view.page,
    language,
    direction: directionOf(language),
    csrfToken,
    requestPath: requestPathFrom(origin),
    brand: brandOf(tenant, organization),
    heading,
    title: error ? say(language, 'layout.error-title', { title: windowText }) : windowText,
    error: error ? say(language, error.id, error.values) : '',
  })
  return { status, html }
}

type ProblemText = (typeof problems)[keyof typeof problems]['text']

interface ProblemContext {
  /** Absent when the problem is that there is none. */
  tenant?: PageContext['tenant'] | null
  correlationId: string
  locale: string
  customTexts?: CustomTexts
}
export type RenderProblem = (text: ProblemText, context: ProblemContext) => string

/** The vendor has a screen for a link that does not work any more; the other problems are ours. */
const screenOf = (text: ProblemText): Screen | undefined =>
  text === 'link-unusable' || text === 'reset-expired' ? 'reset-password-error' : undefined

/** A new link helps out of these. */
const restartable = new Set<ProblemText>(['link-unusable', 'no-open-reset', 'reset-expired'])

export const renderProblem: RenderProblem = (text, context) => {
  const { tenant, correlationId } = context
  const { language, windowTitle } = pageLanguage(context, screenOf(text))
  const heading = say(language, `problem.${text}.title`)
  return renderTemplate('problem', {
    page: 'problem',
    language,
    direction: directionOf(language),
    brand: tenant ? brandOf(tenant) : { name: '' },
    heading,
    title: windowTitle ?? heading,
    lead: say(language, `problem.${text}`),
    requestPath,
    again: tenant && restartable.has(text) ? 'yes' : 'no',
    correlationId: text === 'internal' ? correlationId : '',
  })
}
