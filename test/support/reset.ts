/** The first half of every story: ask for the link, take it from the mail, press its button. */
import { linkIn, type TenantUser, type TestTenant } from './tenant.ts'
import type { Page, Visitor } from './visitor.ts'

export const requestLink = async (tenant: TestTenant, email: string, visitor = tenant.visitor()): Promise<string> => {
  await visitor.get('/u/reset-password/request')
  await visitor.submit('/u/reset-password/request', { email })
  return linkIn(await tenant.nextMessage(email))
}

export interface OpenedReset {
  visitor: Visitor
  link: string
  /** What the button led to: the first page after the actions ran. */
  page: Page
}

export const openReset = async (
  tenant: TestTenant,
  user: TenantUser,
  visitor = tenant.visitor(),
): Promise<OpenedReset> => {
  const link = await requestLink(tenant, user.email, visitor)
  await visitor.get(link)
  const page = await visitor.submit('/u/reset-password')
  return { visitor, link, page }
}

export const newPassword = 'a whole new password'

export const choosePassword = (visitor: Visitor, password = newPassword): Promise<Page> =>
  visitor.submit('/u/reset-password/password', { password, confirmation: password })

/** Which step a page belongs to, by the form or heading it shows. */
export const stepOf = (page: Page): string | undefined =>
  page.document.querySelector('main')?.getAttribute('data-page') ?? undefined
