/** Which answer a test has for which request. */
import type { MockedResponse } from './mocked-response.ts'
import type { SentRequest } from './sent-request.ts'

export type Respond = (request: SentRequest) => MockedResponse | Promise<MockedResponse>

/**
 * By method and URL, or by URL alone: `POST https://risk.example.com/score`, `https://api.example.com/users/*`. `*` stands
 * for anything; the query counts only where the route has one. The first route that fits answers.
 */
export type Routes = Readonly<Record<string, MockedResponse | Respond>>

/** A function answers everything; `undefined` says that it has no answer. */
export type MockedFetch = Routes | ((request: SentRequest) => ReturnType<Respond> | undefined)

export const answerOf = (mocked: MockedFetch, request: SentRequest): ReturnType<Respond> | undefined => {
  if (typeof mocked === 'function') return mocked(request)
  const [, answer] = Object.entries(mocked).find(([route]) => fits(route, request)) ?? []
  return typeof answer === 'function' ? answer(request) : answer
}

export const namesOf = (mocked: MockedFetch | undefined): readonly string[] =>
  mocked === undefined || typeof mocked === 'function' ? [] : Object.keys(mocked)

const fits = (route: string, { method, url }: SentRequest): boolean => {
  const [, wantedMethod, wantedUrl = ''] = /^(?:([A-Z]+) )?(.+)$/.exec(route.trim()) ?? []
  if (wantedMethod !== undefined && wantedMethod !== method) return false
  const [withoutQuery = ''] = url.split('?', 1)
  const actual = wantedUrl.includes('?') ? url : withoutQuery
  return patternOf(wantedUrl).test(actual)
}

/** An origin alone stands for its root, as in a URL. */
const patternOf = (wanted: string): RegExp => {
  const whole = /^https?:\/\/[^/?*]+$/.test(wanted) ? `${wanted}/` : wanted
  return new RegExp(`^${whole.split('*').map(escapePattern).join('.*')}$`, 's')
}

const escapePattern = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
