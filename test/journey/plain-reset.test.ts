import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSqlite } from '../../server/src/stores/sql/database.ts'
import { choosePassword, openReset, requestLink, stepOf } from '../support/reset.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { createTenant, type TestTenant } from '../support/tenant.ts'

let server: RunningServer
let tenant: TestTenant

beforeAll(async () => {
  server = await startTestServer()
  tenant = await createTenant(server)
})
afterAll(() => server.stop())

describe('a reset with no action bound', () => {
  test('goes from the mailed link to the new password, and the user is told by mail', async () => {
    const user = await tenant.addUser()
    const { visitor, page } = await openReset(tenant, user)
    expect(stepOf(page)).toBe('new-password')

    const done = await choosePassword(visitor)
    expect(stepOf(done)).toBe('done')
    expect((await tenant.nextMessage(user.email)).subject).toMatch(/password was changed/)
    expect(await tenant.api.must('GET', `/api/v2/users/${encodeURIComponent(user.user_id)}`)).toHaveProperty(
      'last_password_reset',
    )
  })

  test('marks the address verified, for the link has proved the mailbox', async () => {
    const user = await tenant.addUser({ email_verified: false })
    const { visitor } = await openReset(tenant, user)
    await choosePassword(visitor)
    expect(await tenant.api.must('GET', `/api/v2/users/${encodeURIComponent(user.user_id)}`)).toMatchObject({
      email_verified: true,
    })
  })

  test.each([
    ['too short', 'short', 'short'],
    ['not repeated alike', 'a whole new password', 'another new password'],
  ])('a password that is %s is refused, and nothing changes', async (_, password, confirmation) => {
    const user = await tenant.addUser()
    const { visitor } = await openReset(tenant, user)
    const refused = await visitor.submit('/u/reset-password/password', { password, confirmation })
    expect(stepOf(refused)).toBe('new-password')
    expect(refused.document.querySelector('[role=alert]')).not.toBeNull()
    expect(await tenant.api.must('GET', `/api/v2/users/${encodeURIComponent(user.user_id)}`)).not.toHaveProperty(
      'last_password_reset',
    )
  })
})

describe('the link', () => {
  test('is not spent by a scanner that opens it with GET and HEAD', async () => {
    const user = await tenant.addUser()
    const link = await requestLink(tenant, user.email)
    for (let visit = 0; visit < 3; visit++) {
      expect((await tenant.visitor().head(link)).status).toBe(200)
      await tenant.visitor().get(link)
    }
    const visitor = tenant.visitor()
    expect(stepOf(await visitor.get(link))).toBe('confirm-link')
    expect(stepOf(await visitor.submit('/u/reset-password'))).toBe('new-password')
  })

  test('resumes in the browser that has redeemed it, and is unusable in any other', async () => {
    const user = await tenant.addUser()
    const { visitor, link } = await openReset(tenant, user)
    expect(stepOf(await visitor.get(link))).toBe('new-password')

    const stranger = await tenant.visitor().get(link)
    expect(stranger.status).toBe(410)
  })

  test('is not spent when the browser has begun another reset in another tab: its page opens again', async () => {
    const users = [await tenant.addUser(), await tenant.addUser()]
    const visitor = tenant.visitor()
    const forms: Record<string, string>[] = []
    for (const { email } of users) {
      const page = await visitor.get(await requestLink(tenant, email))
      const hidden = page.document.querySelectorAll('form input[type=hidden]')
      forms.push(Object.fromEntries(hidden.map((input) => [input.getAttribute('name'), input.getAttribute('value')])))
    }
    const [first = {}, second = {}] = forms
    expect(stepOf(await visitor.post('/u/reset-password', first))).toBe('new-password')
    expect(stepOf(await visitor.post('/u/reset-password', second))).toBe('confirm-link')
    const page = await visitor.submit('/u/reset-password')
    expect(stepOf(page)).toBe('new-password')
    expect(page.html).toContain(users[1]?.email)
  })

  test('of two browsers that race for it, exactly one gets in', async () => {
    const user = await tenant.addUser()
    const link = await requestLink(tenant, user.email)
    const browsers = [tenant.visitor(), tenant.visitor(), tenant.visitor(), tenant.visitor()]
    for (const browser of browsers) await browser.get(link)
    const pages = await Promise.all(browsers.map((browser) => browser.submit('/u/reset-password')))
    expect(pages.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410])
  })

  test('unknown, garbled and spent links all get the same answer', async () => {
    const user = await tenant.addUser()
    const spent = await openReset(tenant, user)
    await choosePassword(spent.visitor)

    const links = [
      spent.link,
      '/u/reset-password?ticket=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
      '/u/reset-password?ticket=%00<x>',
      '/u/reset-password',
    ]
    const pages = await Promise.all(links.map((link) => tenant.visitor().get(link)))
    for (const page of pages)
      expect({ status: page.status, text: page.text }).toEqual({ status: 410, text: pages[0]?.text })
  })

  test('dies when a newer one is asked for', async () => {
    const user = await tenant.addUser()
    const older = await requestLink(tenant, user.email)
    const newer = await requestLink(tenant, user.email)
    expect((await tenant.visitor().get(older)).status).toBe(410)
    expect((await tenant.visitor().get(newer)).status).toBe(200)
  })

  test('dies with every open reset of the user when one of them is completed', async () => {
    const user = await tenant.addUser()
    const first = await openReset(tenant, user)
    const second = await openReset(tenant, user)
    const third = await requestLink(tenant, user.email)
    expect(stepOf(await choosePassword(second.visitor))).toBe('done')

    expect(stepOf(await choosePassword(first.visitor, 'the attacker was slower'))).toBe('expired')
    expect((await tenant.visitor().get(third)).status).toBe(410)
  })

  test('dies when the account gets another address: nobody who reads the old mailbox gets in', async () => {
    const user = await tenant.addUser({ email_verified: false })
    const [opened, link] = [await openReset(tenant, user), await requestLink(tenant, user.email)]
    const early = tenant.visitor()
    await early.get(link)
    const path = `/api/v2/users/${encodeURIComponent(user.user_id)}`
    await tenant.api.must('PATCH', path, { email: `moved-${user.email}` })

    expect((await tenant.visitor().get(link)).status).toBe(410)
    expect(stepOf(await choosePassword(opened.visitor))).toBe('expired')
    expect((await early.submit('/u/reset-password')).status).toBe(410)
    const after = await tenant.api.must('GET', path)
    expect(after).toMatchObject({ email_verified: false })
    expect(after).not.toHaveProperty('last_password_reset')
  })

  test('does not open an account that was made anew under the same id', async () => {
    const id = `chosen-${Date.now()}`
    const user = await tenant.addUser({ user_id: id, password: undefined })
    const { visitor } = await openReset(tenant, user)
    await tenant.api.must('DELETE', `/api/v2/users/${encodeURIComponent(user.user_id)}`)
    await tenant.addUser({ user_id: id, email: user.email, password: undefined })
    expect(stepOf(await choosePassword(visitor))).toBe('expired')
  })

  test('and an open reset die when the user is blocked', async () => {
    const user = await tenant.addUser()
    const [opened, link] = [await openReset(tenant, user), await requestLink(tenant, user.email)]
    const path = `/api/v2/users/${encodeURIComponent(user.user_id)}`
    await tenant.api.must('PATCH', path, { blocked: true })
    expect((await tenant.visitor().get(link)).status).toBe(410)
    expect((await choosePassword(opened.visitor)).status).toBe(410)
    expect(await tenant.api.must('GET', path)).not.toHaveProperty('last_password_reset')
  })

  test("of another tenant is unknown on this tenant's pages", async () => {
    const neighbour = await createTenant(server)
    const user = await neighbour.addUser()
    const link = await requestLink(neighbour, user.email)
    expect((await tenant.visitor().get(link)).status).toBe(410)
    expect((await neighbour.visitor().get(link)).status).toBe(200)
  })
})

describe('asking for a link', () => {
  test('an unknown address gets the same page, and no mail', async () => {
    const known = await tenant.addUser()
    const ask = async (email: string) => {
      const visitor = tenant.visitor()
      await visitor.get('/u/reset-password/request')
      const page = await visitor.submit('/u/reset-password/request', { email })
      return { status: page.status, text: page.text.replaceAll(email, 'ADDRESS') }
    }
    expect(await ask('nobody@example.com')).toEqual(await ask(known.email))
    await tenant.nextMessage(known.email)
  })

  test('an unknown address costs the same work: a link is made, for nobody', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'interlock-nobody-'))
    const other = await startTestServer({ DATA_DIR: folder })
    const visitor = (await createTenant(other)).visitor()
    for (const email of ['nobody@example.com', 'nobody-else@example.com']) {
      await visitor.get('/u/reset-password/request')
      await visitor.submit('/u/reset-password/request', { email })
    }
    await other.stop()
    const db = await openSqlite(join(folder, 'interlock.db'))
    expect(await db.selectFrom('tickets').select('userId').execute()).toEqual([{ userId: '' }])
    await db.destroy()
    await rm(folder, { recursive: true })
  })

  test('what is no address is refused with a reason', async () => {
    const visitor = tenant.visitor()
    await visitor.get('/u/reset-password/request')
    const page = await visitor.submit('/u/reset-password/request', { email: 'not an address' })
    expect(stepOf(page)).toBe('request')
    expect(page.document.querySelector('[role=alert]')).not.toBeNull()
  })

  test('an AD connection is refused with a clear text', async () => {
    await tenant.api.must('POST', '/api/v2/connections', { name: 'corp-directory', strategy: 'ad' })
    const visitor = tenant.visitor()
    await visitor.get('/u/reset-password/request?connection=corp-directory')
    const page = await visitor.submit('/u/reset-password/request', { email: 'someone@example.com' })
    expect(page.status).toBe(400)
    expect(page.text).toMatch(/directory/i)
  })

  test('for an application that does not exist is refused, and no mail is sent', async () => {
    const user = await tenant.addUser()
    const visitor = tenant.visitor()
    await visitor.get('/u/reset-password/request?client_id=nobody')
    expect((await visitor.submit('/u/reset-password/request', { email: user.email })).status).toBe(400)
    await requestLink(tenant, user.email)
    const { body } = await tenant.operator.call<{ to: string }[]>('GET', '/dev/outbox.json')
    expect(body.filter(({ to }) => to === user.email)).toHaveLength(1)
  })

  test('is limited per address', async () => {
    const visitor = tenant.visitor()
    const answers: (string | undefined)[] = []
    for (let request = 0; request < 12; request++) {
      await visitor.get('/u/reset-password/request')
      answers.push(stepOf(await visitor.submit('/u/reset-password/request', { email: 'flooded@example.com' })))
    }
    expect(answers.slice(0, 10)).toEqual(Array(10).fill('check-email'))
    expect(answers.slice(10)).toEqual(['request', 'request'])
  })
})

describe('forms', () => {
  test('a form posted from another site is refused, and nothing is spent', async () => {
    const user = await tenant.addUser()
    const link = await requestLink(tenant, user.email)
    const visitor = tenant.visitor()
    await visitor.get(link)
    const crossSite = await visitor.submit('/u/reset-password', {}, { 'sec-fetch-site': 'cross-site' })
    expect(crossSite.status).toBe(403)
    await visitor.get(link)
    const forged = await visitor.submit('/u/reset-password', { _csrf: 'forged' })
    expect(forged.status).toBe(403)
    await visitor.get(link)
    expect(stepOf(await visitor.submit('/u/reset-password'))).toBe('new-password')
  })

  test('the password form posted before its step is open changes nothing', async () => {
    const user = await tenant.addUser()
    await tenant.enable('otp')
    await tenant.api.must('POST', `/api/v2/users/${encodeURIComponent(user.user_id)}/authentication-methods`, {
      type: 'totp',
      name: 'app',
      totp_secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
    })
    const { visitor, page } = await openReset(tenant, user)
    expect(stepOf(page)).toBe('challenge')
    const token = page.document.querySelector('input[name=_csrf]')?.getAttribute('value') ?? ''
    const skipped = await visitor.post('/u/reset-password/password', {
      _csrf: token,
      password: 'a whole new password',
      confirmation: 'a whole new password',
    })
    expect(stepOf(skipped)).toBe('challenge')
    expect(await tenant.api.must('GET', `/api/v2/users/${encodeURIComponent(user.user_id)}`)).not.toHaveProperty(
      'last_password_reset',
    )
  })

  test('a step page without the cookie says that no reset is open', async () => {
    expect((await tenant.visitor().get('/u/reset-password/step')).status).toBe(400)
  })
})
