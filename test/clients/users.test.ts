/** Users and what they prove themselves with, by the vendor's management client. */
import { generateKeyPairSync } from 'node:crypto'
import { Management, type ManagementClient } from 'auth0'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ClientSite, openClientSite } from '../support/client-site.ts'
import { allOf, database, managementClient } from '../support/management-client.ts'

let site: ClientSite
let management: ManagementClient

beforeAll(async () => {
  site = await openClientSite()
  management = managementClient(site)
})
afterAll(() => site.stop())

let people = 0
const newUser = () => ({
  connection: database,
  email: `person${++people}@example.com`,
  password: 'correct horse battery',
  email_verified: true,
})
const addUser = async (fields: object = {}): Promise<string> =>
  (await management.users.create({ ...newUser(), ...fields })).user_id ?? ''

describe('a user', () => {
  test('is created, read, changed and deleted', async () => {
    const user = newUser()
    const created = await management.users.create({ ...user, given_name: 'Ada', app_metadata: { plan: 'gold' } })
    const id = created.user_id ?? ''
    expect(id).toMatch(/^auth0\|[0-9a-f]{24}$/)
    expect(created.identities).toEqual([
      { connection: database, user_id: id.slice('auth0|'.length), provider: 'auth0', isSocial: false },
    ])
    expect(await management.users.get(id)).toMatchObject({ email: user.email, given_name: 'Ada' })
    await management.users.update(id, { family_name: 'Lovelace', phone_number: '+15550100' })
    expect(await management.users.get(id, { fields: 'family_name,phone_number' })).toEqual({
      family_name: 'Lovelace',
      phone_number: '+15550100',
    })
    await management.users.delete(id)
    await expect(management.users.get(id)).rejects.toMatchObject({
      statusCode: 404,
      body: { errorCode: 'inexistent_user', message: 'The user does not exist.' },
    })
    await management.users.delete(id)
  })

  test('has metadata whose first level is merged, and from which null takes away', async () => {
    const id = await addUser({
      app_metadata: { plan: 'gold', flags: { beta: true } },
      user_metadata: { theme: 'dark' },
    })
    const changed = await management.users.update(id, {
      app_metadata: { plan: null, flags: { alpha: true }, seats: 3 },
    })
    expect(changed.app_metadata).toEqual({ flags: { alpha: true }, seats: 3 })
    expect(changed.user_metadata).toEqual({ theme: 'dark' })
  })

  test('is there once', async () => {
    const user = newUser()
    await management.users.create(user)
    const again = management.users.create(user)
    await expect(again).rejects.toBeInstanceOf(Management.ConflictError)
    await expect(again).rejects.toMatchObject({ body: { errorCode: 'auth0_idp_error' } })
  })

  test('is found by the exact address', async () => {
    const id = await addUser({ email: 'grace@example.com' })
    const found = await management.users.listUsersByEmail({ email: 'grace@example.com' })
    expect(found.map(({ user_id }) => user_id)).toEqual([id])
    expect(await management.users.listUsersByEmail({ email: 'Grace@example.com' })).toEqual([])
  })
})

describe('the list of users', () => {
  test('is searched, sorted and read through to the end', async () => {
    const plan = { app_metadata: { plan: 'listed' } }
    for (const name of ['Cleo', 'Ada', 'Bea']) await addUser({ name, ...plan })
    const wanted = { q: 'app_metadata.plan:"listed"', search_engine: 'v3', sort: 'name:1' } as const
    const page = await management.users.list({ ...wanted, per_page: 2, fields: 'name' })
    expect(page.data).toEqual([{ name: 'Ada' }, { name: 'Bea' }])
    expect(page.response).toMatchObject({ start: 0, limit: 2, total: 3 })
    const all = await allOf(management.users.list({ ...wanted, per_page: 2 }))
    expect(all.map(({ name }) => name)).toEqual(['Ada', 'Bea', 'Cleo'])
  })

  test('refuses a query that it does not understand', async () => {
    const refused = management.users.list({ q: 'name:(' })
    await expect(refused).rejects.toBeInstanceOf(Management.BadRequestError)
  })
})

describe('roles', () => {
  test('are created, found, changed and deleted', async () => {
    const role = await management.roles.create({ name: 'Editor', description: 'Writes' })
    const id = role.id ?? ''
    expect(id).toMatch(/^rol_[0-9a-zA-Z]{16}$/)
    await management.roles.update(id, { description: 'Writes and removes' })
    expect(await management.roles.get(id)).toEqual({ id, name: 'Editor', description: 'Writes and removes' })
    const found = await allOf(management.roles.list({ name_filter: 'Edit' }))
    expect(found.map(({ name }) => name)).toEqual(['Editor'])
    expect(await allOf(management.roles.permissions.list(id))).toEqual([])
    await management.roles.delete(id)
    await expect(management.roles.get(id)).rejects.toBeInstanceOf(Management.NotFoundError)
  })

  test('are given to users and taken from them, from either side', async () => {
    const names = ['One', 'Two', 'Three']
    const ids = await Promise.all(names.map(async (name) => (await management.roles.create({ name })).id ?? ''))
    const userId = await addUser()
    await management.users.roles.assign(userId, { roles: ids.slice(0, 2) })
    await management.roles.users.assign(ids[2] ?? '', { users: [userId] })
    const all = await allOf(management.users.roles.list(userId, { per_page: 2 }))
    expect(all.map(({ name }) => name).toSorted()).toEqual(names.toSorted())
    await management.users.roles.delete(userId, { roles: [ids[0] ?? ''] })
    expect(await allOf(management.users.roles.list(userId))).toHaveLength(2)
    expect(await allOf(management.roles.users.list(ids[0] ?? ''))).toEqual([])
    const members = await allOf(management.roles.users.list(ids[2] ?? '', { take: 1 }))
    expect(members.map(({ user_id }) => user_id)).toEqual([userId])
  })
})

describe('organizations', () => {
  test('are created, found by id and by name, changed and deleted', async () => {
    const created = await management.organizations.create({ name: 'partners', metadata: { tier: 'gold' } })
    const id = created.id ?? ''
    expect(id).toMatch(/^org_[0-9a-zA-Z]{16}$/)
    await management.organizations.update(id, { display_name: 'Our partners' })
    const wanted = { id, name: 'partners', display_name: 'Our partners', metadata: { tier: 'gold' } }
    expect(await management.organizations.get(id)).toEqual(wanted)
    expect(await management.organizations.getByName('partners')).toEqual(wanted)
    await management.organizations.delete(id)
    await expect(management.organizations.get(id)).rejects.toMatchObject({
      statusCode: 404,
      body: { message: 'No organization found by that id or name' },
    })
  })

  test('are listed part by part', async () => {
    for (const name of ['one', 'two', 'three']) await management.organizations.create({ name })
    const all = await allOf(management.organizations.list({ take: 2 }))
    expect(all.map(({ name }) => name)).toEqual(expect.arrayContaining(['one', 'two', 'three']))
  })

  test('have members, seen from either side', async () => {
    const { id = '' } = await management.organizations.create({ name: 'with-members' })
    const members = await Promise.all([addUser(), addUser(), addUser()])
    await management.organizations.members.create(id, { members })
    const listed = await allOf(management.organizations.members.list(id, { take: 2 }))
    expect(listed.map(({ user_id }) => user_id).toSorted()).toEqual(members.toSorted())
    const ofUser = await allOf(management.users.organizations.list(members[0] ?? ''))
    expect(ofUser.map(({ name }) => name)).toEqual(['with-members'])
    await management.organizations.members.delete(id, { members: members.slice(0, 2) })
    expect(await allOf(management.organizations.members.list(id))).toHaveLength(1)
  })
})

describe("a user's authentication methods", () => {
  test('of every type that can be made are made, listed, read and deleted', async () => {
    const id = await addUser()
    const { authenticationMethods } = management.users
    const totp = await authenticationMethods.create(id, { type: 'totp', name: 'App', totp_secret: 'JBSWY3DPEHPK3PXP' })
    expect(totp.totp_secret).toBe('JBSWY3DPEHPK3PXP')
    await authenticationMethods.create(id, {
      type: 'phone',
      phone_number: '+15550100',
      preferred_authentication_method: 'voice',
    })
    await authenticationMethods.create(id, { type: 'email', email: 'other@example.com' })
    const all = await allOf(authenticationMethods.list(id))
    expect(all.map(({ type }) => type).toSorted()).toEqual(['email', 'phone', 'totp'])
    expect(JSON.stringify(all)).not.toContain('JBSWY3DPEHPK3PXP')
    const phone = all.find(({ type }) => type === 'phone')
    expect(await authenticationMethods.get(id, phone?.id ?? '')).toMatchObject({
      type: 'phone',
      phone_number: '+15550100',
      preferred_authentication_method: 'voice',
    })
    await authenticationMethods.delete(id, phone?.id ?? '')
    expect(await allOf(authenticationMethods.list(id))).toHaveLength(2)
    await authenticationMethods.deleteAll(id)
    expect(await allOf(authenticationMethods.list(id))).toEqual([])
  })

  test('are listed page by page', async () => {
    const id = await addUser()
    for (const digit of [1, 2, 3]) {
      await management.users.authenticationMethods.create(id, { type: 'phone', phone_number: `+1555010${digit}` })
    }
    const page = await management.users.authenticationMethods.list(id, { per_page: 2 })
    expect(page.data).toHaveLength(2)
    expect(page.response).toMatchObject({ start: 0, limit: 2, total: 3 })
    const rest = await page.getNextPage()
    expect(rest.data).toHaveLength(1)
  })

  test('are replaced as a whole, and changed one by one', async () => {
    const id = await addUser()
    const { authenticationMethods } = management.users
    await authenticationMethods.create(id, { type: 'totp', totp_secret: 'JBSWY3DPEHPK3PXP' })
    const [phone] = await authenticationMethods.set(id, [{ type: 'phone', phone_number: '+15550100', name: 'Old' }])
    const changed = await authenticationMethods.update(id, phone?.id ?? '', {
      name: 'New',
      preferred_authentication_method: 'voice',
    })
    expect(changed).toMatchObject({ name: 'New', preferred_authentication_method: 'voice' })
    const all = await allOf(authenticationMethods.list(id))
    expect(all.map(({ type, name }) => [type, name])).toEqual([['phone', 'New']])
    expect(await management.users.enrollments.get(id)).toMatchObject([{ status: 'confirmed', auth_method: 'sms' }])
    await management.users.authenticators.deleteAll(id)
    expect(await allOf(authenticationMethods.list(id))).toEqual([])
  })

  test('may be keys whose public part is known', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const public_key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64')
    const id = await addUser()
    for (const type of ['webauthn-roaming', 'passkey'] as const) {
      const credential = { key_id: Buffer.from(type).toString('base64url'), public_key }
      const made = await management.users.authenticationMethods.create(id, { type, ...credential, name: type })
      expect(made).toMatchObject({ type, name: type })
    }
  })

  test('have a recovery code, which is shown this once', async () => {
    const id = await addUser()
    const first = await management.users.regenerateRecoveryCode(id)
    const second = await management.users.regenerateRecoveryCode(id)
    expect(first.recovery_code).not.toBe(second.recovery_code)
    const methods = await allOf(management.users.authenticationMethods.list(id))
    expect(methods.map(({ type }) => type)).toEqual(['recovery-code'])
    expect(JSON.stringify(methods)).not.toContain(second.recovery_code)
  })
})

describe('guardian', () => {
  test('switches factors on and off', async () => {
    const { factors } = management.guardian
    expect(await factors.set('webauthn-roaming', { enabled: true })).toEqual({ enabled: true })
    const list = await factors.list()
    expect(list).toContainEqual({ name: 'webauthn-roaming', enabled: true, trial_expired: false })
    expect(list).toContainEqual({ name: 'otp', enabled: false, trial_expired: false })
    await factors.set('webauthn-roaming', { enabled: false })
    expect((await factors.list()).some(({ enabled }) => enabled)).toBe(false)
  })

  test('makes a ticket with which a user enrols', async () => {
    const id = await addUser()
    const order = { user_id: id, send_mail: true, email_locale: 'de' }
    const { ticket_id, ticket_url } = await management.guardian.enrollments.createTicket(order)
    expect(ticket_id).toBeTruthy()
    expect((await fetch(ticket_url ?? '')).status).toBe(200)
  })

  test('shows and removes an enrolment by its id', async () => {
    const id = await addUser()
    const phone = { type: 'phone', phone_number: '+15550100' } as const
    const { id: enrolled = '' } = await management.users.authenticationMethods.create(id, phone)
    const { enrollments } = management.guardian
    expect(await enrollments.get(enrolled)).toMatchObject({
      id: enrolled,
      status: 'confirmed',
      phone_number: '+15550100',
    })
    await enrollments.delete(enrolled)
    expect(await management.users.enrollments.get(id)).toEqual([])
    await expect(enrollments.get(enrolled)).rejects.toMatchObject({ statusCode: 404 })
  })
})

describe('a ticket for a new password', () => {
  test("is a link that ends like the vendor's", async () => {
    const id = await addUser()
    const { ticket } = await management.tickets.changePassword({ user_id: id })
    expect(ticket).toMatch(/^https:\/\/localhost:\d+\/u\/reset-password\?ticket=[0-9a-zA-Z]{32}#$/)
    expect((await fetch(ticket)).status).toBe(200)
  })

  test('names the user by connection and address, or by id, never by both', async () => {
    const user = newUser()
    await management.users.create(user)
    const connection = (await allOf(management.connections.list({ name: database })))[0]
    const byAddress = { connection_id: connection?.id ?? '', email: user.email }
    expect((await management.tickets.changePassword(byAddress)).ticket).toContain('ticket=')
    const both = management.tickets.changePassword({ ...byAddress, user_id: 'auth0|1' })
    await expect(both).rejects.toBeInstanceOf(Management.BadRequestError)
    await expect(both).rejects.toMatchObject({ body: { errorCode: 'invalid_body' } })
  })

  test('is refused for nobody', async () => {
    const refused = management.tickets.changePassword({ user_id: 'auth0|nobody' })
    await expect(refused).rejects.toBeInstanceOf(Management.NotFoundError)
  })
})
