/** What people do with the hosted pages, in a browser. */
import { generateSync } from 'otplib'
import type { Tab } from './browser.ts'
import { codeIn, type TenantUser, type TestTenant } from './tenant.ts'

export const originOf = ({ host }: TestTenant): string => `http://${host}`

/** Asks for the link on the page, and opens it from the outbox. */
export const askForReset = async (tab: Tab, tenant: TestTenant, email: string): Promise<void> => {
  await tab.open(`${originOf(tenant)}/u/reset-password/request`)
  await tab.at('request')
  await tab.fill('Email address', email)
  await tab.press('Send the link')
  await tab.at('check-email')
  await tenant.nextMessage(email)
  await tab.open(`${originOf(tenant)}/dev/outbox`)
  const mail = tab.page
    .getByRole('article')
    .filter({ hasText: `to ${email}` })
    .first()
  await mail.getByRole('link', { name: `${originOf(tenant)}/u/` }).click()
  await tab.at('confirm-link')
}

/** The same, up to where the actions have run. */
export const openReset = async (tab: Tab, tenant: TestTenant, user: TenantUser): Promise<void> => {
  await askForReset(tab, tenant, user.email)
  await tab.press('Continue')
}

export const enterMailCode = async (tab: Tab, tenant: TestTenant, user: TenantUser): Promise<void> => {
  await tab.at('challenge')
  await tab.fill('Code', codeIn(await tenant.nextMessage(user.email)))
  await tab.press('Continue')
}

export const choosePassword = async (tab: Tab, password = 'a whole new password'): Promise<void> => {
  await tab.at('new-password')
  await tab.fill('New password', password)
  await tab.fill('New password again', password)
  await tab.press('Set password')
  await tab.at('done')
}

/** Opens the enrolment page by a ticket of the tenant's. */
export const openEnrolment = async (tab: Tab, tenant: TestTenant, user: TenantUser): Promise<void> => {
  const ticket = await tenant.api.must<{ ticket_url: string }>('POST', '/api/v2/guardian/enrollments/ticket', {
    user_id: user.user_id,
  })
  await tab.open(ticket.ticket_url)
  await tab.at('enroll-start')
  await tab.press('Continue')
  await tab.at('enroll-choose')
}

/** Adds an authenticator app on the enrolment page, as somebody who types its key. Answers the key. */
export const enrollApp = async (tab: Tab, tenant: TestTenant, user: TenantUser): Promise<string> => {
  await openEnrolment(tab, tenant, user)
  await tab.choose('Authenticator app')
  await tab.at('enroll-confirm')
  const key = ((await tab.page.locator('.secret').textContent()) ?? '').replaceAll(/\s/g, '')
  await tab.fill('Code that the app shows now', generateSync({ secret: key }))
  await tab.press('Add app')
  await tab.at('enroll-choose')
  return key
}

/** The code after the one that confirmed the app: that one is used up, and clocks may differ by a step. */
export const nextAppCode = (key: string): string =>
  generateSync({ secret: key, epoch: Math.floor(Date.now() / 1_000) + 30 })
