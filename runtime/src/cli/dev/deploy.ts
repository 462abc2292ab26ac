/** Local actions to a server: as a draft, built, live, and bound. */
import type { LocalAction, LocalSource } from './action-folder.ts'
import { type JsonApi, RefusedRequest } from './json-api.ts'

export type Deployment =
  | { deployed: true; version: number; warnings: string[] }
  /** Each with line, column and excerpt, naming the local file. What was live before still is. */
  | { deployed: false; errors: string[] }

export interface Binding {
  ref: { type: 'action_id' | 'action_name'; value: string }
  display_name: string
}

interface RemoteAction {
  id: string
  name: string
  errors?: { msg: string }[]
}

const trigger = 'password-reset-post-challenge'
const bindingsPath = `/actions/triggers/${trigger}/bindings`

export const deployAction = async (api: JsonApi, action: LocalAction, source: LocalSource): Promise<Deployment> => {
  const { id } = await upload(api, action, source)
  try {
    const made = await api.call<{ number: number; build_warnings?: string[] }>('POST', `/actions/actions/${id}/deploy`)
    const { number: version, build_warnings = [] } = made
    return { deployed: true, version, warnings: build_warnings.map((text) => inLocalFile(text, action)) }
  } catch (error) {
    if (!(error instanceof RefusedRequest) || error.status !== 400) throw error
    const { errors = [] } = await api.call<RemoteAction>('GET', `/actions/actions/${id}`)
    if (errors.length === 0) throw error
    return { deployed: false, errors: errors.map(({ msg }) => inLocalFile(msg, action)) }
  }
}

const upload = async (api: JsonApi, { name }: LocalAction, source: LocalSource): Promise<RemoteAction> => {
  const found = await findAction(api, name)
  if (found) return api.call('PATCH', `/actions/actions/${found.id}`, source)
  const supported_triggers = [{ id: trigger, version: 'v1' }]
  return api.call('POST', '/actions/actions', { name, supported_triggers, runtime: 'node22', ...source })
}

/** The server's filter may match more than the whole name. */
const findAction = async (api: JsonApi, name: string): Promise<RemoteAction | undefined> => {
  const { actions } = await api.call<{ actions: RemoteAction[] }>(
    'GET',
    `/actions/actions?triggerId=${trigger}&actionName=${encodeURIComponent(name)}&per_page=100`,
  )
  return actions.find((action) => action.name === name)
}

/** A server knows every action as `action.js` or `action.ts`. */
export const inLocalFile = (text: string, { file }: LocalAction): string =>
  text.replace(/(?<![\w/.-])action\.[jt]s(?=:\d)/g, () => file)

export const listBindings = async (api: JsonApi): Promise<Binding[]> => {
  const { bindings } = await api.call<{ bindings: { display_name: string; action: { id: string } }[] }>(
    'GET',
    `${bindingsPath}?per_page=100`,
  )
  return bindings.map(({ display_name, action }) => ({ ref: { type: 'action_id', value: action.id }, display_name }))
}

export const replaceBindings = (api: JsonApi, bindings: readonly Binding[]): Promise<void> =>
  api.call('PATCH', bindingsPath, { bindings })

export const bindingOf = ({ name }: LocalAction): Binding => ({
  ref: { type: 'action_name', value: name },
  display_name: name,
})
