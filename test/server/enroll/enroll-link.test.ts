import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEnrollSetting, type EnrollSetting, openLink, ticketIn } from './enroll-setting.ts'

let setting: EnrollSetting
beforeAll(async () => {
  setting = await createEnrollSetting()
})
afterAll(() => setting.close())

test('GET and HEAD of the link spend nothing, however often', async () => {
  const { id } = await setting.user()
  const link = await setting.link(id)
  const scanner = setting.browser()
  for (let time = 0; time < 3; time++) {
    expect((await scanner.get(link)).page).toBe('enroll-start')
    expect((await scanner.head(link)).statusCode).toBe(200)
  }
  expect((await openLink(setting.browser(), link)).page).toBe('enroll-choose')
})

test('the link page shows whose account it is, but not so that others learn the address', async () => {
  const { id, email } = await setting.user()
  const { document } = await setting.browser().get(await setting.link(id))
  expect(document.textContent).toContain('u•••@example.com')
  expect(document.textContent).not.toContain(email)
})

test('once opened, the link belongs to that browser: it goes on there and is unusable elsewhere', async () => {
  const { id } = await setting.user()
  const link = await setting.link(id)
  const browser = setting.browser()
  await openLink(browser, link)
  expect((await browser.get(link)).page).toBe('enroll-choose')

  const other = setting.browser()
  expect((await other.get(link)).status).toBe(410)
  await other.get(await setting.link((await setting.user()).id))
  expect((await other.post('/u/enroll', { ticket: ticketIn(link) })).status).toBe(410)
})

test('"done" closes the link for good, also for this browser', async () => {
  const { id } = await setting.user()
  const link = await setting.link(id)
  const browser = setting.browser()
  await openLink(browser, link)
  expect((await browser.post('/u/enroll/done')).page).toBe('enroll-done')
  expect((await browser.get('/u/enroll/factors')).status).toBe(410)
  expect((await browser.get(link)).status).toBe(410)
})

test('an expired link opens nothing, and an open enrolment ends with it', async () => {
  const { id } = await setting.user()
  const browser = setting.browser()
  const link = await setting.link(id)
  await openLink(browser, link)
  setting.pass(3_600_000)
  expect((await browser.get('/u/enroll/factors')).status).toBe(410)
  expect((await browser.post('/u/enroll/begin', { type: 'totp' })).status).toBe(410)
  expect((await setting.browser().get(link)).status).toBe(410)
})

test.each(['', 'x', 'a'.repeat(32)])('the ticket "%s" opens nothing', async (ticket) => {
  const browser = setting.browser()
  expect((await browser.get(`/u/enroll?ticket=${ticket}`)).status).toBe(410)
})

test('a reset link is no enrolment link', async () => {
  const { id } = await setting.user()
  const link = await setting.link(id, 'reset')
  expect((await setting.browser().get(link)).status).toBe(410)
  const browser = setting.browser()
  await browser.get(await setting.link((await setting.user()).id))
  expect((await browser.post('/u/enroll', { ticket: ticketIn(link) })).status).toBe(410)
})

test('a link for one factor offers no other, and begins none', async () => {
  const { id } = await setting.user()
  const browser = setting.browser()
  const { document } = await openLink(browser, await setting.link(id, 'enroll', { enrolls: 'totp' }))
  const offered = document.querySelectorAll('button[name=type]').map((button) => button.getAttribute('value'))
  expect(offered).toEqual(['totp'])
  expect((await browser.post('/u/enroll/begin', { type: 'recovery-code' })).status).toBe(400)
  expect((await browser.post('/u/enroll/begin', { type: 'totp' })).page).toBe('enroll-confirm')
})

test('a user who has as many factors as the operator allows is offered nothing, in no window', async () => {
  const { id } = await setting.user()
  await setting.stores.tenants.update('one', { limits: { factorsPerUser: 2 } })
  const phone = { userId: id, createdAt: 0, type: 'phone', phoneNumber: '+15550100', preferredMethod: 'sms' } as const
  await setting.stores.enrollments.add('one', { ...phone, id: `phone|${id}-1` })
  const browser = setting.browser()
  await openLink(browser, await setting.link(id))
  expect((await browser.post('/u/enroll/begin', { type: 'recovery-code' })).page).toBe('enroll-confirm')
  // Meanwhile, by the API.
  await setting.stores.enrollments.add('one', { ...phone, id: `phone|${id}-2` })
  const full = await browser.post('/u/enroll/confirm', { kept: 'yes' })
  expect(full.page).toBe('enroll-choose')
  expect(full.document.querySelectorAll('button[name=type]')).toEqual([])
  expect((await browser.post('/u/enroll/begin', { type: 'totp' })).status).toBe(400)
  expect(await setting.enrolled(id)).toHaveLength(2)
  await setting.stores.tenants.update('one', { limits: {} })
})

test('a blocked user cannot enroll', async () => {
  const { id } = await setting.user()
  const link = await setting.link(id)
  await setting.stores.users.update('one', id, { blocked: true }, setting.clock.now())
  expect((await setting.browser().get(link)).status).toBe(410)
})

test('a form without the token of its page is refused', async () => {
  const { id } = await setting.user()
  const link = await setting.link(id)
  const browser = setting.browser()
  await browser.get(link)
  expect((await browser.post('/u/enroll', { ticket: ticketIn(link), _csrf: 'forged' })).status).toBe(403)
  expect((await setting.browser().get(link)).page).toBe('enroll-start')
})

test('a cookie that we did not write counts as none', async () => {
  const browser = setting.browser()
  for (const forged of ['x', 'test.AAAA', JSON.stringify({ ticketHash: 'x', browserSecret: 'y' })]) {
    browser.cookies.set('interlock_enroll', encodeURIComponent(forged))
    expect((await browser.get('/u/enroll/factors')).status).toBe(410)
  }
})
