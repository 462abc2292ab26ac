/** The enrolment pages of the whole application, with a tenant, a user, and a link for them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRuntime } from '@interlock/runtime'
import Fastify, { type FastifyInstance } from 'fastify'
import { parse } from 'node-html-parser'
import { openAdapters } from '../../../server/src/adapters.ts'
import { createApp } from '../../../server/src/app.ts'
import { composeAccess } from '../../../server/src/compose-access.ts'
import { composeManagement } from '../../../server/src/compose-management.ts'
import { composeSteps } from '../../../server/src/compose-steps.ts'
import { parseConfig } from '../../../server/src/config.ts'
import { guardianFactorNames } from '../../../server/src/tenants/tenant.ts'
import type { EnrollmentType } from '../../../server/src/users/enrollment.ts'
import { aTenant } from '../../support/database.ts'

export const origin = 'http://one.localhost:3000'

const operatorToken = 'operator-token-of-the-tests-0123456789'
const encryptionKeys = `test:${Buffer.alloc(32, 7).toString('base64')}`

export const createEnrollSetting = async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'interlock-enroll-'))
  let now = Date.UTC(2030, 0, 1)
  const clock = { now: () => now }
  const config = parseConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent' })
  const logger = Fastify().log
  const stores = await openAdapters({ config, encryptionKeys, logger, clock })
  const runtime = await createRuntime({ processes: 1 })
  const steps = composeSteps(stores, runtime)
  const app = await createApp({
    config,
    adapters: stores,
    access: composeAccess(stores),
    management: composeManagement(stores, runtime),
    steps,
    runtime,
    operatorToken,
    logger,
  })
  const tenant = { ...aTenant('one'), factors: guardianFactorNames }
  await stores.tenants.create(tenant)
  let users = 0

  return {
    stores,
    tenant,
    clock,
    pass(milliseconds: number) {
      now += milliseconds
    },
    async user() {
      const id = `auth0|${++users}`
      const email = `user${users}@example.com`
      await stores.users.create('one', { ...aUser, id, email })
      return { id, email }
    },
    /** Path and query of a fresh enrolment link. */
    async link(userId: string, purpose: 'enroll' | 'reset' = 'enroll', over: { enrolls?: EnrollmentType } = {}) {
      const user = await stores.users.find('one', userId)
      if (!user) throw new Error(`There is no user ${userId}.`)
      const { url } = await steps.mintTicket({ tenant, purpose, user, lifeMs: 3_600_000, ...over })
      return `/u/enroll${new URL(url).search}`
    },
    enrolled: (userId: string) => stores.enrollments.list('one', userId),
    async notices() {
      await stores.background.settled()
      return stores.outbox?.list().map(({ to }) => to)
    },
    browser: () => createBrowser(app),
    async close() {
      await app.close()
      await runtime.close()
      await stores.close()
      await rm(dataDir, { recursive: true })
    },
  }
}
export type EnrollSetting = Awaited<ReturnType<typeof createEnrollSetting>>

const aUser = {
  connection: 'Username-Password-Authentication',
  emailVerified: true,
  userMetadata: {},
  appMetadata: {},
  blocked: false,
  loginsCount: 0,
  createdAt: 0,
  updatedAt: 0,
}

/** Keeps cookies, follows redirects, sends the token of the page it saw last. */
const createBrowser = (app: FastifyInstance, host = 'one.localhost:3000') => {
  const cookies = new Map<string, string>()
  let csrf = ''

  const load = async (method: 'GET' | 'POST', url: string, form?: Record<string, string>) => {
    const answer = await app.inject({
      method,
      url,
      headers: {
        host,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form && { payload: new URLSearchParams(form).toString() }),
    })
    for (const { name, value } of answer.cookies) cookies.set(name, value)
    return answer
  }

  const follow = async (method: 'GET' | 'POST', url: string, form?: Record<string, string>) => {
    const answer = await load(method, url, form)
    const { location } = answer.headers
    if (typeof location === 'string') return follow('GET', location)
    const document = parse(answer.body)
    csrf = document.querySelector('input[name=_csrf]')?.getAttribute('value') ?? csrf
    return { status: answer.statusCode, document, page: document.querySelector('main')?.getAttribute('data-page') }
  }

  return {
    cookies,
    get: (url: string) => follow('GET', url),
    post: (url: string, form: Record<string, string> = {}) => follow('POST', url, { _csrf: csrf, ...form }),
    head: (url: string) => app.inject({ method: 'HEAD', url, headers: { host } }),
  }
}
export type Browser = ReturnType<typeof createBrowser>
export type Shown = Awaited<ReturnType<Browser['get']>>

export const ticketIn = (link: string): string => new URLSearchParams(link.split('?')[1]).get('ticket') ?? ''

/** Opens the link and presses its button. */
export const openLink = async (browser: Browser, link: string): Promise<Shown> => {
  await browser.get(link)
  return browser.post('/u/enroll', { ticket: ticketIn(link) })
}
