/** An action's whole story in one way of running it: both handlers where it comes to that, in the form that is compared. */
import { readFile } from 'node:fs/promises'
import { isGivenUp, ownHeaders, signingSecret, textAllowances } from './intended-differences.ts'
import { signToken } from './reference-api.ts'
import type { Leg, LegEnd, RecordedCommand, RunLeg, SeenRequest } from './story.ts'
import type { Target } from './target.ts'

/** A leg in comparable form: texts without what may differ. */
export interface ToldLeg {
  ending: string
  error: LegEnd['error'] | undefined
  commands: unknown[]
  console: string[]
  requests: string[]
}

export interface Plot {
  file: string
  secrets: Record<string, string>
  aliases?: Record<string, string>
}

const event = {
  authentication: { methods: [{ name: 'email', timestamp: '2026-01-01T00:00:00.000Z' }] },
  authorization: { roles: ['admin', 'billing'] },
  client: { client_id: 'app', name: 'The App', metadata: { tier: 'gold' } },
  configuration: { THRESHOLD: '0.5' },
  connection: { id: 'con_1', name: 'Username-Password-Authentication', strategy: 'auth0', metadata: {} },
  organization: { id: 'org_1', name: 'acme', display_name: 'Acme Inc.', metadata: {} },
  request: {
    ip: '203.0.113.7',
    hostname: 'login.acme.example',
    method: 'GET',
    language: 'de-AT',
    user_agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
    query: { ui: 'dark', 'with space': 'a b' },
    body: {},
    geoip: { countryCode: 'AT', cityName: 'Wien', latitude: 48.2, longitude: 16.37, timeZone: 'Europe/Vienna' },
  },
  stats: { logins_count: 3 },
  tenant: { id: 'acme' },
  transaction: { locale: 'de', ui_locales: ['de', 'en'], correlation_id: 'c-1' },
  user: {
    user_id: 'auth0|ada',
    email: 'Ada@Acme.example',
    email_verified: true,
    name: 'Ada Lovelace',
    given_name: 'Ada',
    created_at: '2024-02-29T23:30:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
    last_password_reset: '2025-06-15T08:05:09.000Z',
    app_metadata: { plan: 'pro', blocked_countries: ['KP'], tags: ['a', 'b'], level: 7 },
    user_metadata: { phone: '+43 660 1234567', nickname: 'Zoë 🦉' },
    identities: [
      { connection: 'Username-Password-Authentication', provider: 'auth0', user_id: 'ada', isSocial: false },
    ],
    enrolledFactors: [
      { type: 'otp' },
      { type: 'phone', options: { preferredMethod: 'sms' } },
      { type: 'push-notification' },
    ],
  },
}

const redirectState = 'state-of-the-redirect'

/** What the outside page sends back: one token in the query, another in the body. */
const returning = () => {
  const claims = { state: redirectState, sub: event.user.user_id, iat: 1_700_000_000, exp: 4_000_000_000 }
  const query = { state: redirectState, session_token: signToken({ ...claims, approved: true }, signingSecret), n: '1' }
  const body = { other_token: signToken({ ...claims, other: { nested: 'ä' } }, signingSecret), agreed: 'yes' }
  return { ...event.request, method: 'POST', query, body }
}

const cacheAtStart = () => ({ known: { value: '{"hits":2}', expires_at: 4_000_000_000_000 } })

const tidy = (text: string): string => textAllowances.reduce((tidied, { hide }) => hide(tidied), text)

const minute = 60_000

/** Ends of cache records count in minutes from the start of the run. */
const tellCommand = (command: RecordedCommand, startedAt: number): unknown =>
  JSON.parse(JSON.stringify(command), (key, value) => {
    if (key === 'expires_at') return `${Math.round((value - startedAt) / minute)} min`
    return typeof value === 'string' ? tidy(value) : value
  })

const tellRequest = ({ method, url, headers, body }: SeenRequest): string => {
  const told = Object.entries(headers)
    .filter(([name, value]) => !ownHeaders[name]?.values.test(String(value)))
    .map(([name, value]) => `${name}: ${value}`)
    .toSorted()
  return tidy([`${method} ${url}`, ...told, '', body].join('\n'))
}

/** Requests made at the same time arrive in any order. */
const tellLeg = ({ ending, error, commands, console, startedAt }: LegEnd, requests: SeenRequest[]): ToldLeg => ({
  ending,
  error: error && { ...error, message: tidy(error.message) },
  commands: commands.map((command) => tellCommand(command, startedAt)),
  console: console.map(({ level, text }) => `${level}: ${tidy(text)}`),
  requests: requests
    .filter((request) => !isGivenUp(request))
    .map(tellRequest)
    .toSorted(),
})

const leaves = ({ type }: RecordedCommand): boolean => type === 'redirect.sendUserTo' || type === 'prompt.render'

/** Runs `onExecute…`, and `onContinue…` where the action has one and has sent the user away. */
export const tell = async (run: RunLeg, target: Target, { file, secrets, aliases = {} }: Plot): Promise<ToldLeg[]> => {
  target.takeRequests()
  const base = { file, secrets: { ORIGIN: target.origin, SIGNING_SECRET: signingSecret, ...secrets }, aliases }
  const first: Leg = { ...base, handler: 'onExecutePostChallenge', event, cache: cacheAtStart() }
  const left = await run(first)
  const told = [tellLeg(left, target.takeRequests())]

  const way = left.commands.findLast(leaves)
  if (!way || !(await readFile(file, 'utf8')).includes('onContinuePostChallenge')) return told
  const prompt = way.type === 'prompt.render' && { prompt: { id: way.id, vars: way.vars, fields: { code: '123456' } } }
  const second: Leg = {
    ...{ ...base, handler: 'onContinuePostChallenge', event: { ...event, request: returning(), ...prompt } },
    ...{ cache: cacheAtStart(), redirectState },
  }
  return [...told, tellLeg(await run(second), target.takeRequests())]
}
