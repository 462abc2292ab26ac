/** What users see, set by the vendor's management client and looked at where it is shown. */
import { Management, type ManagementClient } from 'auth0'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ClientSite, openClientSite } from '../support/client-site.ts'
import { managementClient } from '../support/management-client.ts'

let site: ClientSite
let management: ManagementClient

beforeAll(async () => {
  site = await openClientSite()
  management = managementClient(site)
})
afterAll(() => site.stop())

const requestPage = async (language = 'en'): Promise<string> => {
  const headers = { 'accept-language': language }
  return (await fetch(`${site.origin}/u/reset-password/request`, { headers })).text()
}

describe('tenant settings', () => {
  test('are changed one by one; what has no effect here is given back as it was', async () => {
    const { settings } = management.tenants
    await settings.update({ friendly_name: 'Acme & Sons', support_email: 'help@acme.example', session_lifetime: 48 })
    const changed = await settings.update({ flags: { enable_client_connections: false } })
    expect(changed).toMatchObject({ friendly_name: 'Acme & Sons', session_lifetime: 48 })
    expect(await settings.get({ fields: 'flags' })).toEqual({ flags: { enable_client_connections: false } })
    expect(await requestPage()).toContain('Acme &amp; Sons')
  })
})

describe('branding', () => {
  test('is on the pages', async () => {
    const branding = {
      colors: { primary: '#0a5c36', page_background: '#fafafa' },
      logo_url: 'https://acme.example/logo.svg',
      favicon_url: 'https://acme.example/icon.png',
    }
    expect(await management.branding.update(branding)).toMatchObject(branding)
    expect(await management.branding.get()).toMatchObject(branding)
    const page = await requestPage()
    expect(page).toContain('https://acme.example/logo.svg')
    expect(page).toContain('https://acme.example/icon.png')
  })

  test('takes no colour that is none', async () => {
    const refused = management.branding.update({ colors: { primary: 'red; } body { display: none' } })
    await expect(refused).rejects.toBeInstanceOf(Management.BadRequestError)
  })
})

describe("the pages' own texts", () => {
  const title = { 'reset-password-request': { title: 'Neues Passwort?' } }

  test('are set for a language of the tenant, and shown to who reads it', async () => {
    await management.tenants.settings.update({ enabled_locales: ['en', 'de'] })
    const { customText } = management.prompts
    expect(await customText.get('reset-password', 'de')).toEqual({})
    await customText.set('reset-password', 'de', title)
    expect(await customText.get('reset-password', 'de')).toEqual(title)
    expect(await requestPage('de')).toContain('Neues Passwort?')
    expect(await requestPage('en')).not.toContain('Neues Passwort?')
  })
})

test('settings of login pages are kept', async () => {
  await management.prompts.updateSettings({ identifier_first: true })
  expect(await management.prompts.getSettings()).toMatchObject({ identifier_first: true })
})
