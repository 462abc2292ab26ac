/** Actions from draft to run, by the vendor's management client. */
import { Management, type ManagementClient } from 'auth0'
import { ActionsClient } from 'auth0/actions'
import { AuthenticationClient } from 'auth0/legacy'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onExecute } from '../support/actions.ts'
import { type ClientSite, openClientSite } from '../support/client-site.ts'
import {
  allOf,
  bind,
  createDeployed,
  managementClient,
  newAction,
  triggerId,
  untilBuilt,
} from '../support/management-client.ts'

let site: ClientSite
let management: ManagementClient

beforeAll(async () => {
  site = await openClientSite()
  management = managementClient(site)
})
afterAll(() => site.stop())

const versionsOf = async (id: string) => (await management.actions.versions.list(id)).data

describe('an action', () => {
  test('is created, waited for, deployed and bound, as infrastructure tools do it step by step', async () => {
    const created = await management.actions.create({ ...newAction(), secrets: [{ name: 'PLAN', value: 'gold' }] })
    const id = created.id ?? ''
    expect(created).toMatchObject({ status: 'pending', all_changes_deployed: false, runtime: 'node22' })
    expect(created.secrets).toEqual([{ name: 'PLAN', updated_at: expect.any(String) }])
    await untilBuilt(management, id)

    const version = await management.actions.deploy(id)
    expect(version).toMatchObject({ deployed: false, status: 'built', number: 1, action: { id } })
    const deployed = await management.actions.get(id)
    expect(deployed).toMatchObject({ all_changes_deployed: true, deployed_version: { id: version.id, deployed: true } })

    await bind(management, id)
    const { data } = await management.actions.triggers.bindings.list(triggerId)
    expect(data.map(({ action }) => action?.id)).toEqual([id])
    await bind(management)
    await management.actions.delete(id)
    await expect(management.actions.get(id)).rejects.toBeInstanceOf(Management.NotFoundError)
  })

  test('is changed without touching what is deployed', async () => {
    const id = await createDeployed(management, onExecute('return 1').code)
    const code = onExecute('return 2').code
    const edited = await management.actions.update(id, { code })
    expect(edited).toMatchObject({ code, all_changes_deployed: false })
    expect(edited.deployed_version?.code).toBe(onExecute('return 1').code)
    await management.actions.deploy(id)
    expect((await management.actions.get(id)).deployed_version).toMatchObject({ number: 2, code })
  })

  test('goes back to an earlier version as a new one', async () => {
    const id = await createDeployed(management, onExecute('return 1').code)
    await management.actions.update(id, { code: onExecute('return 2').code })
    await management.actions.deploy(id)
    const first = (await versionsOf(id)).find(({ number }) => number === 1)
    const again = await management.actions.versions.deploy(id, first?.id ?? '')
    expect(again).toMatchObject({ number: 3, code: onExecute('return 1').code })
    const live = await management.actions.versions.get(id, again.id ?? '')
    expect(live.deployed).toBe(true)
    expect((await management.actions.get(id)).code).toBe(onExecute('return 2').code)
    await management.actions.versions.deploy(id, again.id ?? '', { update_draft: true })
    expect((await management.actions.get(id)).code).toBe(onExecute('return 1').code)
  })

  test('that is bound is deleted with force only', async () => {
    const id = await createDeployed(management)
    await bind(management, id)
    const refused = management.actions.delete(id)
    await expect(refused).rejects.toMatchObject({
      statusCode: 409,
      body: { message: 'Unable to delete an action bound to a trigger.' },
    })
    await management.actions.delete(id, { force: true })
    expect((await management.actions.triggers.bindings.list(triggerId)).data).toEqual([])
  })

  test('that does not compile says where, and is not deployed', async () => {
    const { id = '' } = await management.actions.create(newAction('exports.onExecutePostChallenge = async ( => {}'))
    const refused = management.actions.deploy(id)
    await expect(refused).rejects.toBeInstanceOf(Management.BadRequestError)
    await expect(refused).rejects.toThrow("A draft must be in the 'built' state before it can be deployed.")
    expect((await management.actions.get(id)).status).toBe('failed')
  })

  test('has a name of its own', async () => {
    const action = newAction()
    await management.actions.create(action)
    await expect(management.actions.create(action)).rejects.toMatchObject({ statusCode: 409 })
  })
})

describe('a test run', () => {
  const event = { user: { user_id: 'auth0|1' }, request: { ip: '203.0.113.7' } }
  const run = async (code: string) => {
    const { id = '' } = await management.actions.create({
      ...newAction(code),
      secrets: [{ name: 'PLAN', value: 'gold' }],
    })
    await untilBuilt(management, id)
    return (await management.actions.test(id, { payload: { event } })).payload
  }

  test('tells how long the draft took', async () => {
    const payload = await run(onExecute('').code)
    expect(payload?.error).toBeUndefined()
    expect(payload?.stats).toMatchObject({ action_duration_ms: expect.any(Number) })
  })

  test('tells what the draft threw, who was given the event and its secrets', async () => {
    const payload = await run(onExecute("throw new Error(event.request.ip + ' ' + event.secrets.PLAN)").code)
    expect(payload?.error).toMatchObject({ name: 'Error', message: '203.0.113.7 gold' })
  })
})

describe('lists', () => {
  test('of actions are read through to the end, filtered, and counted', async () => {
    const before = await allOf(management.actions.list())
    const ids: (string | undefined)[] = []
    for (let made = 0; made < 3; made++) ids.push((await management.actions.create(newAction())).id)
    const page = await management.actions.list({ per_page: 2, triggerId })
    expect(page.data).toHaveLength(2)
    expect(page.response).toMatchObject({ per_page: 2, total: before.length + 3 })
    const all = await allOf(management.actions.list({ per_page: 2 }))
    expect(new Set(all.map(({ id }) => id))).toEqual(new Set([...before.map(({ id }) => id), ...ids]))
    expect(all).toHaveLength(before.length + 3)
    const drafts = await allOf(management.actions.list({ deployed: false, per_page: 100 }))
    expect(drafts.map(({ id }) => id)).toEqual(expect.arrayContaining(ids))
    const named = await allOf(management.actions.list({ actionName: all[0]?.name ?? '' }))
    expect(named.map(({ id }) => id)).toEqual([all[0]?.id])
  })

  test('of versions are read through to the end, newest first', async () => {
    const id = await createDeployed(management)
    await management.actions.deploy(id)
    await management.actions.deploy(id)
    const all = await allOf(management.actions.versions.list(id, { per_page: 2 }))
    expect(all.map(({ number }) => number)).toEqual([3, 2, 1])
  })

  test('of modules are empty', async () => {
    expect(await allOf(management.actions.modules.list())).toEqual([])
  })
})

describe('bindings', () => {
  test('are given by id, by name or as they are, run in this order, and are new each time', async () => {
    const [first, second] = [await createDeployed(management), await createDeployed(management)]
    await bind(management, first)
    const bound = (await management.actions.triggers.bindings.list(triggerId)).data[0]
    const { name } = await management.actions.get(second)
    const { bindings = [] } = await management.actions.triggers.bindings.updateMany(triggerId, {
      bindings: [
        { ref: { type: 'action_name', value: name ?? '' }, display_name: 'Ask for a key' },
        { ref: { type: 'binding_id', value: bound?.id ?? '' } },
      ],
    })
    expect(bindings.map(({ action }) => action?.id)).toEqual([second, first])
    expect(bindings[0]?.display_name).toBe('Ask for a key')
    expect(bindings.map(({ id }) => id)).not.toContain(bound?.id)
    const read = (await management.actions.triggers.bindings.list(triggerId)).data
    expect(read.map(({ id }) => id)).toEqual(bindings.map(({ id }) => id))
    await bind(management)
  })

  test('take no action that was never deployed', async () => {
    const { id = '' } = await management.actions.create(newAction())
    await expect(bind(management, id)).rejects.toThrow('Trying to create a binding for an action that has')
  })

  test('are at most four', async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => createDeployed(management)))
    await bind(management, ...ids.slice(0, 4))
    await expect(bind(management, ...ids)).rejects.toBeInstanceOf(Management.BadRequestError)
    expect(await allOf(management.actions.triggers.bindings.list(triggerId))).toHaveLength(4)
    await bind(management)
  })
})

test('the trigger is the one this server has', async () => {
  const { triggers } = await management.actions.triggers.list()
  expect(triggers).toMatchObject([{ id: triggerId, version: 'v1', status: 'CURRENT', default_runtime: 'node22' }])
})

test('the client of this one resource needs an address and a token only', async () => {
  const { oauth } = new AuthenticationClient({ domain: site.domain, ...site.managementClient })
  const { data } = await oauth.clientCredentialsGrant({ audience: `${site.origin}/api/v2/` })
  const actions = new ActionsClient({ baseUrl: `${site.origin}/api/v2`, token: data.access_token })
  expect(await allOf(actions.list())).toHaveLength((await allOf(management.actions.list())).length)
})

test('what is not there is told as what it is', async () => {
  const id = '00000000-0000-4000-8000-000000000000'
  await expect(management.actions.get(id)).rejects.toMatchObject({
    statusCode: 404,
    body: { statusCode: 404, error: 'Not Found', message: 'That action does not exist.' },
  })
  await expect(management.actions.executions.get(id)).rejects.toThrow('That execution does not exist.')
})
