/** What the tests do with the vendor's management client again and again. */
import { ManagementClient } from 'auth0'
import { expect } from 'vitest'
import type { ClientSite } from './client-site.ts'

export const triggerId = 'password-reset-post-challenge'
export const database = 'Username-Password-Authentication'

export const managementClient = ({ domain, managementClient: credentials }: ClientSite): ManagementClient =>
  new ManagementClient({ domain, ...credentials })

let made = 0

export const newAction = (code = 'exports.onExecutePostChallenge = async () => {}') => ({
  name: `action-${++made}`,
  supported_triggers: [{ id: triggerId, version: 'v1' }] as [{ id: typeof triggerId; version: string }],
  code,
})

/** As Terraform's provider does: it asks until the build is over. */
export const untilBuilt = (management: ManagementClient, id: string): Promise<void> =>
  expect.poll(async () => (await management.actions.get(id)).status, { timeout: 20_000 }).toBe('built')

export const createDeployed = async (management: ManagementClient, code?: string): Promise<string> => {
  const { id = '' } = await management.actions.create({ ...newAction(code), deploy: true })
  return id
}

/** In this order, in place of what was bound. */
export const bind = async (management: ManagementClient, ...ids: readonly string[]): Promise<void> => {
  const bindings = ids.map((value) => ({ ref: { type: 'action_id' as const, value } }))
  await management.actions.triggers.bindings.updateMany(triggerId, { bindings })
}

/** Every item of every page, in the way the client offers for it. */
export const allOf = async <Item>(page: Promise<AsyncIterable<Item>>): Promise<Item[]> => {
  const items: Item[] = []
  for await (const item of await page) items.push(item)
  return items
}
