/** Actions, versions and bindings as the management API shows them. Values of secrets never come back. */
import { type BuildMessage, showBuildMessage } from '@interlock/runtime'
import type { Action, ActionContent, ActionVersion, BuildFindings } from '../../../actions/action.ts'
import type { Binding } from '../../../actions/binding-store.ts'
import { triggerVersion } from '../../../actions/trigger.ts'
import { toNanoTimestamp } from '../timestamp.ts'

const toBuildError = (message: BuildMessage) => ({
  id: 'build-failed',
  msg: showBuildMessage(message),
  url: '',
})

/** The last two are this server's own. */
const toContent = ({ code, runtime, secrets, dependencies, packages, warnings }: ActionContent & BuildFindings) => ({
  code,
  dependencies: dependencies.map(({ name, version }) => ({ name, version })),
  runtime,
  secrets: secrets.map(({ name, updatedAt }) => ({ name, updated_at: toNanoTimestamp(updatedAt) })),
  modules: [],
  bill_of_materials: packages.map(({ name, version, integrity, license }) => ({ name, version, integrity, license })),
  build_warnings: warnings.map(showBuildMessage),
})

const toIdentity = ({ id, name, trigger, allChangesDeployed, createdAt, updatedAt }: Action) => ({
  id,
  name,
  supported_triggers: [{ id: trigger, version: triggerVersion }],
  all_changes_deployed: allChangesDeployed,
  created_at: toNanoTimestamp(createdAt),
  updated_at: toNanoTimestamp(updatedAt),
})

export const toVersionAnswer = (version: ActionVersion, action: Action, deployed: 'live' | 'not-live') => ({
  id: version.id,
  action_id: version.actionId,
  ...toContent(version),
  deployed: deployed === 'live',
  status: 'built',
  number: version.number,
  errors: [],
  action: toIdentity(action),
  supported_triggers: [{ id: action.trigger, version: triggerVersion }],
  built_at: toNanoTimestamp(version.builtAt),
  created_at: toNanoTimestamp(version.createdAt),
  updated_at: toNanoTimestamp(version.createdAt),
})

/** `errors` is there while the draft is `failed`: what the author has to mend, with line and column. */
export const toActionAnswer = (action: Action) => {
  const { draft, deployed } = action
  return {
    ...toIdentity(action),
    ...toContent(draft),
    status: draft.status,
    ...(draft.status === 'failed' && { errors: draft.errors.map(toBuildError) }),
    ...(deployed && { deployed_version: toVersionAnswer(deployed, action, 'live') }),
  }
}

export const toBindingAnswer = ({ id, trigger, displayName, action, createdAt, updatedAt }: Binding) => ({
  id,
  trigger_id: trigger,
  display_name: displayName,
  action: toActionAnswer(action),
  created_at: toNanoTimestamp(createdAt),
  updated_at: toNanoTimestamp(updatedAt),
})
