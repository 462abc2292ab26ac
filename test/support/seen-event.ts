/** What a tenant's action is given: an action that denies with its event as JSON. */
import { onExecute } from './actions.ts'
import { linkIn, type TenantUser, type TestTenant } from './tenant.ts'
import type { Page } from './visitor.ts'

/** Binds the action that tells what it sees. */
export const bindTeller = (tenant: TestTenant): Promise<string[]> =>
  tenant.bind(
    onExecute(`const { authorization, client, connection, organization } = event
      api.access.deny(JSON.stringify({ authorization, client, connection, organization }))`),
  )

// biome-ignore lint/suspicious/noExplicitAny: an event is JSON of any form, and the tests say which
export type SeenEvent = any

/** On the page of its denial. */
export const eventOn = (page: Page): SeenEvent => {
  const [text] = /\{.*\}/.exec(page.text) ?? []
  if (!text) throw new Error(`No event on: ${page.text}`)
  return JSON.parse(text)
}

/** Opens a link, as path and query, in a browser of its own. */
export const eventBehind = async (tenant: TestTenant, link: string): Promise<SeenEvent> => {
  const visitor = tenant.visitor()
  await visitor.get(link)
  return eventOn(await visitor.submit('/u/reset-password'))
}

/** Of a reset that begins with a ticket of the management API. */
export const eventOfTicket = async (
  tenant: TestTenant,
  user: TenantUser,
  order: Record<string, unknown> = {},
): Promise<SeenEvent> => {
  const { ticket } = await tenant.api.must<{ ticket: string }>('POST', '/api/v2/tickets/password-change', {
    user_id: user.user_id,
    ...order,
  })
  return eventBehind(tenant, `/u/reset-password${new URL(ticket).search}`)
}

/** Of a reset that begins with a mail asked for by `change_password`. */
export const eventOfMail = async (
  tenant: TestTenant,
  user: TenantUser,
  order: Record<string, unknown> = {},
): Promise<SeenEvent> => {
  await tenant.api.must('POST', '/dbconnections/change_password', {
    client_id: tenant.clientId,
    email: user.email,
    connection: 'Username-Password-Authentication',
    ...order,
  })
  return eventBehind(tenant, linkIn(await tenant.nextMessage(user.email)))
}
