/** Uploads, deployments and bindings when two servers work at once, and when one is killed in the middle. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { onExecute } from '../support/actions.ts'
import { type Api, createApi, managementToken } from '../support/management.ts'
import { type RunningServer, startTestServer } from '../support/server.ts'
import { type ServerProcess, startServerProcess } from '../support/server-process.ts'
import { freePort } from '../support/services.ts'
import { createTenant, type TestTenant } from '../support/tenant.ts'
import { until } from '../support/until.ts'

const trigger = 'password-reset-post-challenge'
const actionsPath = '/api/v2/actions/actions'
const bindingsPath = `/api/v2/actions/triggers/${trigger}/bindings`

let count = 0
const upload = (api: Api, over: object = {}) => {
  const action = { name: `action-${++count}`, supported_triggers: [{ id: trigger, version: 'v1' }], ...onExecute('') }
  return api.call<{ id: string; status: string }>('POST', actionsPath, { ...action, ...over })
}
const uploaded = async (api: Api, over: object = {}) => (await upload(api, over)).body.id
const deploy = (api: Api, id: string) => api.call<{ number: number }>('POST', `${actionsPath}/${id}/deploy`)
const remove = (api: Api, id: string) => api.call('DELETE', `${actionsPath}/${id}`)
const bind = (api: Api, ...ids: string[]) =>
  api.call('PATCH', bindingsPath, { bindings: ids.map((value) => ({ ref: { type: 'action_id', value } })) })

interface Live {
  status: string
  all_changes_deployed: boolean
  deployed_version?: { number: number }
}
const live = async (api: Api, id: string) => (await api.call<Live>('GET', `${actionsPath}/${id}`)).body
const numbers = async (api: Api, id: string): Promise<number[]> => {
  const { versions } = await api.must<{ versions: { number: number }[] }>('GET', `${actionsPath}/${id}/versions`)
  return versions.map(({ number }) => number)
}
const boundIds = async (api: Api): Promise<string[]> => {
  const { bindings } = await api.must<{ bindings: { action: { id: string } }[] }>('GET', bindingsPath)
  return bindings.map(({ action }) => action.id)
}

describe('two clients at once, each at a server of its own', () => {
  let folder: string
  let servers: RunningServer[]
  let one: Api
  let two: Api
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'interlock-at-once-'))
    const settings = { DATA_DIR: folder, SANDBOX_PROCESSES: '1' }
    servers = [await startTestServer(settings), await startTestServer(settings)]
    const [first, second] = servers as [RunningServer, RunningServer]
    const { host, api, managementClient }: TestTenant = await createTenant(first)
    one = api
    const token = await managementToken({ port: first.port, host }, managementClient)
    two = createApi({ port: second.port, host, token })
  })
  afterAll(async () => {
    for (const server of servers) await server.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const rounds = [1, 2, 3, 4]

  test('a deploy and a removal: it is gone, deployed before or never', async () => {
    for (const _ of rounds) {
      const id = await uploaded(one)
      const [deployed, removed] = await Promise.all([deploy(one, id), remove(two, id)])
      expect([200, 404]).toContain(deployed.status)
      expect(removed.status).toBe(204)
      expect((await one.call('GET', `${actionsPath}/${id}`)).status).toBe(404)
    }
  })

  test('a deploy and a binding of it: it is bound only if it was live by then', async () => {
    for (const _ of rounds) {
      await bind(one)
      const id = await uploaded(one)
      const [deployed, bound] = await Promise.all([deploy(one, id), bind(two, id)])
      expect(deployed).toMatchObject({ status: 200, body: { number: 1 } })
      expect(bound.status === 200 ? [id] : []).toEqual(await boundIds(two))
      expect([200, 400]).toContain(bound.status)
    }
    await bind(one)
  })

  test('a binding and a removal: either it is bound and stays, or it is gone and nothing is bound', async () => {
    for (const _ of rounds) {
      const id = await uploaded(one, { deploy: true })
      const [bound, removed] = await Promise.all([bind(one, id), remove(two, id)])
      expect([
        [200, 409],
        [404, 204],
      ]).toContainEqual([bound.status, removed.status])
      expect(await boundIds(two)).toEqual(bound.status === 200 ? [id] : [])
      await bind(one)
    }
  })

  test('two deploys and a rollback: three numbers, and the last one is live', async () => {
    const id = await uploaded(one, { deploy: true })
    const { versions } = await one.must<{ versions: { id: string }[] }>('GET', `${actionsPath}/${id}/versions`)
    const back = `${actionsPath}/${id}/versions/${versions[0]?.id}/deploy`
    const made = await Promise.all([deploy(one, id), deploy(two, id), two.call<{ number: number }>('POST', back)])
    expect(made.map(({ body }) => body.number).toSorted()).toEqual([2, 3, 4])
    expect(await numbers(two, id)).toEqual([4, 3, 2, 1])
    expect((await live(one, id)).deployed_version?.number).toBe(4)
  })

  test('two uploads under one name: there is one', async () => {
    for (const _ of rounds) {
      const name = `twice-${++count}`
      const both = await Promise.all([upload(one, { name }), upload(two, { name })])
      expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
    }
  })
})

describe('a server that is killed', () => {
  let folder: string
  let server: ServerProcess
  let tenant: TestTenant
  const restart = async () => {
    await server.kill()
    server = await startServerProcess({ port: server.port, dataDir: folder })
  }
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'interlock-killed-deploy-'))
    server = await startServerProcess({ port: await freePort(), dataDir: folder })
    tenant = await createTenant(server)
  })
  afterAll(async () => {
    await server.kill()
    await rm(folder, { recursive: true, force: true })
  })

  const isBuilt = async (id: string) => (await live(tenant.api, id)).status === 'built'

  /** By what had happened when it was killed. */
  const moments: Record<string, (id: string) => Promise<unknown>> = {
    'the upload was answered': async () => {},
    'the build had ended': (id) => until('the end of the build', () => isBuilt(id)),
    // Nobody is left to answer; the connection breaks.
    'the deployment had been asked for': async (id) => void deploy(tenant.api, id).catch(() => {}),
  }

  test.each(Object.keys(moments))('after %s leaves what a deploy makes live', async (moment) => {
    const id = await uploaded(tenant.api)
    await moments[moment]?.(id)
    await restart()
    const { status, body } = await deploy(tenant.api, id)
    expect(status).toBe(200)
    const all = await numbers(tenant.api, id)
    expect(all).toEqual(Array.from({ length: body.number }, (_, index) => body.number - index))
    expect(await live(tenant.api, id)).toMatchObject({
      status: 'built',
      all_changes_deployed: true,
      deployed_version: { number: body.number },
    })
    expect((await bind(tenant.api, id)).status).toBe(200)
    await bind(tenant.api)
  })
})
