/** What a reset was begun in and on whose behalf, as its user sees it: on pages and in mails. */
import { request } from 'undici'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { onExecute } from '../support/actions.ts'
import { choosePassword, stepOf } from '../support/reset.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import {
  codeIn,
  createTenant,
  linkIn,
  type OutboxMessage,
  type TenantUser,
  type TestTenant,
} from '../support/tenant.ts'
import type { Page } from '../support/visitor.ts'

let server: RunningServer
let tenant: TestTenant
let user: TenantUser
let acme: string
let umbrella: string

const organization = async (name: string, branding: object): Promise<string> => {
  const { id } = await tenant.api.must<{ id: string }>('POST', '/api/v2/organizations', { name, branding })
  return id
}
const join = (id: string) => tenant.api.must('POST', `/api/v2/organizations/${id}/members`, { members: [user.user_id] })

beforeAll(async () => {
  server = await startTestServer()
  tenant = await createTenant(server)
  await tenant.enable('email')
  await tenant.api.must('PATCH', '/api/v2/branding', {
    colors: { primary: '#0b5d4e', page_background: '#eef5f2' },
    logo_url: 'https://cdn.tenant.example/logo.png',
  })
  acme = await organization('acme', {
    colors: { primary: '#ffe600', page_background: '#101038' },
    logo_url: 'https://cdn.acme.example/logo.png',
  })
  umbrella = await organization('umbrella', { colors: { primary: '#aa0000' } })
})
afterAll(() => server.stop())
beforeEach(async () => {
  user = await tenant.addUser()
  await join(acme)
  await join(umbrella)
})

type Mail = OutboxMessage & { html: string }
const nextMail = async (): Promise<Mail> => (await tenant.nextMessage(user.email)) as Mail

const ask = (order: object = {}) =>
  tenant.api.must('POST', '/dbconnections/change_password', {
    client_id: tenant.clientId,
    email: user.email,
    ...order,
  })

const policyOf = (page: Page): string => String(page.headers['content-security-policy'])

/** What the page's own style sheet, the last one, says of buttons and of the ground in a light scheme. */
const coloursOf = async (page: Page) => {
  const href = page.document.querySelectorAll('link[rel=stylesheet]').at(-1)?.getAttribute('href') ?? ''
  const { statusCode, headers, body } = await request(`http://127.0.0.1:${server.port}${href}`, {
    headers: { host: tenant.host },
  })
  const css = await body.text()
  expect({ statusCode, cached: headers['cache-control'] }).toEqual({
    statusCode: 200,
    cached: 'public, max-age=31536000, immutable',
  })
  return { accent: /--accent: (#\w+)/.exec(css)?.[1], ground: /--ground: (#\w+)/.exec(css)?.[1] }
}

const logoOn = ({ document }: Page) => document.querySelector('img.logo')?.getAttribute('src')

describe('a reset on behalf of an organization', () => {
  test('looks like it from the mail to the end, where it has chosen something', async () => {
    await tenant.bind(onExecute("api.authentication.challengeWith({ type: 'email' })"))
    await ask({ organization: acme })
    const reset = await nextMail()
    const visitor = tenant.visitor()
    const pages = [await visitor.get(linkIn(reset)), await visitor.submit('/u/reset-password')]
    const code = await nextMail()
    pages.push(await visitor.submit('/u/reset-password/challenge', { code: '000000' }))
    pages.push(await visitor.submit('/u/reset-password/challenge', { code: codeIn(code) }))
    pages.push(await choosePassword(visitor, 'short'), await choosePassword(visitor))
    expect(pages.map(stepOf)).toEqual([
      'confirm-link',
      'challenge',
      'challenge',
      'new-password',
      'new-password',
      'done',
    ])
    for (const page of pages) {
      expect(logoOn(page)).toBe('https://cdn.acme.example/logo.png')
      expect(policyOf(page)).toContain("img-src 'self' data: https://cdn.acme.example/logo.png;")
      expect(await coloursOf(page)).toEqual({ accent: '#ffe600', ground: '#101038' })
    }
    const changed = await nextMail()
    for (const { html } of [reset, code, changed]) {
      expect(html).toContain('src="https://cdn.acme.example/logo.png"')
      expect(html).toContain('background:#101038')
    }
    expect(reset.html).toContain('background:#ffe600;color:#000000')
    await tenant.bind()
  })

  test('can be asked for on the hosted page, which looks like it and leads back to itself', async () => {
    const visitor = tenant.visitor()
    const path = `/u/reset-password/request?client_id=${tenant.clientId}&organization=${acme}`
    const asking = await visitor.get(path)
    const asked = await visitor.submit('/u/reset-password/request', { email: user.email })
    for (const page of [asking, asked]) expect(await coloursOf(page)).toEqual({ accent: '#ffe600', ground: '#101038' })
    expect(asked.document.querySelector('a.link')?.getAttribute('href')).toBe(path)
    expect((await nextMail()).html).toContain('background:#101038')
  })

  test('is refused on the hosted page where no such organization is', async () => {
    const visitor = tenant.visitor()
    await visitor.get('/u/reset-password/request?organization=org_0000000000000000')
    const order = { email: user.email, organization: 'org_0000000000000000' }
    expect((await visitor.submit('/u/reset-password/request', order)).status).toBe(400)
  })

  test('has what its tenant has where it has chosen nothing, and nothing of another organization', async () => {
    await ask({ organization: umbrella })
    const { html, text } = await nextMail()
    const page = await tenant.visitor().get(linkIn({ text } as OutboxMessage))
    expect(logoOn(page)).toBe('https://cdn.tenant.example/logo.png')
    expect(await coloursOf(page)).toEqual({ accent: '#aa0000', ground: '#eef5f2' })
    expect(html).toContain('src="https://cdn.tenant.example/logo.png"')
    for (const seen of [html, page.html, policyOf(page)]) expect(seen).not.toMatch(/acme/)
  })

  test('and one on nobody’s behalf looks like the tenant', async () => {
    await ask()
    const { html, text } = await nextMail()
    const page = await tenant.visitor().get(linkIn({ text } as OutboxMessage))
    expect(await coloursOf(page)).toEqual({ accent: '#0b5d4e', ground: '#eef5f2' })
    expect(html).toContain('background:#0b5d4e')
    expect(policyOf(page)).not.toContain('acme')
  })

  test('looks like the tenant once the organization is gone, and another tenant’s looks like nothing here', async () => {
    const gone = await organization('gone', { colors: { primary: '#00ffff' } })
    await join(gone)
    await ask({ organization: gone })
    const link = linkIn(await nextMail())
    const visitor = tenant.visitor()
    const before = await visitor.get(link)
    const style = before.document.querySelectorAll('link[rel=stylesheet]').at(-1)?.getAttribute('href') ?? ''
    expect(style).toContain(gone)
    expect((await (await createTenant(server)).visitor().get(style)).status).toBe(404)
    await tenant.api.must('DELETE', `/api/v2/organizations/${gone}`)
    expect(await coloursOf(await visitor.get(link))).toEqual({ accent: '#0b5d4e', ground: '#eef5f2' })
    expect((await visitor.get(style)).status).toBe(404)
  })
})

describe('the application a reset begins in', () => {
  const requestPath = '/u/reset-password/request'

  beforeAll(async () => {
    const ids = ['request.title', 'check-email.title', 'confirm-link.title', 'new-password.title', 'done.title']
    const words = `For \${clientName} of \${companyName}`
    await tenant.api.must('PUT', '/api/v2/prompts/reset-password/custom-text/en', {
      'reset-password': Object.fromEntries(ids.map((id) => [id, words])),
    })
  })

  const headingOf = ({ document }: Page) => document.querySelector('h1')?.textContent

  test('is named on its pages, where the tenant’s words name it', async () => {
    const visitor = tenant.visitor()
    const named = `For Shop of ${tenant.name}`
    expect(headingOf(await visitor.get(`${requestPath}?client_id=${tenant.clientId}`))).toBe(named)
    expect(headingOf(await visitor.submit(requestPath, { email: user.email, client_id: tenant.clientId }))).toBe(named)
    expect(headingOf(await visitor.get(linkIn(await nextMail())))).toBe(named)
    expect(headingOf(await visitor.submit('/u/reset-password'))).toBe(named)
    expect(headingOf(await choosePassword(visitor))).toBe(named)
  })

  test('is the tenant itself where there is none, or one that nobody knows', async () => {
    const named = `For ${tenant.name} of ${tenant.name}`
    expect(headingOf(await tenant.visitor().get(requestPath))).toBe(named)
    expect(headingOf(await tenant.visitor().get(`${requestPath}?client_id=unknown`))).toBe(named)
  })
})
