import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { JsonApi } from './json-api.ts'

const trigger = 'password-reset-post-challenge'
const seeds = ['seed-webauthn-challenge', 'seed-redirect-then-challenge'] as const
const buildTimeoutMs = 30_000

interface Action {
  id: string
  status: string
}

const sourceOf = (name: string): string =>
  readFileSync(new URL(`../../sample-actions/${name}/action.js`, import.meta.url), 'utf8')

const untilBuilt = async (management: JsonApi, id: string): Promise<void> => {
  const deadline = performance.now() + buildTimeoutMs
  while (performance.now() < deadline) {
    const { status } = await management.get<Action>(`/actions/actions/${id}`)
    if (status === 'built') return
    if (status === 'failed') break
    await delay(100)
  }
  throw new Error(`The action ${id} was not built.`)
}

const deploy = async (management: JsonApi, name: string): Promise<string> => {
  const { id } = await management.post<Action>('/actions/actions', {
    name,
    supported_triggers: [{ id: trigger, version: 'v1' }],
    code: sourceOf(name),
    runtime: 'node22',
  })
  await untilBuilt(management, id)
  await management.post(`/actions/actions/${id}/deploy`)
  return id
}

/** Deploys both seed actions and binds the first: the second leads to a page outside, which is not there. */
export const deploySeedActions = async (management: JsonApi): Promise<void> => {
  const [bound] = seeds
  for (const name of seeds) await deploy(management, name)
  await management.patch(`/actions/triggers/${trigger}/bindings`, {
    bindings: [{ ref: { type: 'action_name', value: bound }, display_name: bound }],
  })
}
