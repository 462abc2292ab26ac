import type { Artifact, BuildMessage, Dependency } from '@interlock/runtime'
import type { Listed, Page } from '../page.ts'
import type { Action, ActionContent, ActionVersion, BuildFindings } from './action.ts'

export interface NewAction extends ActionContent {
  id: string
  name: string
  trigger: string
  createdAt: number
}

/** What an edit replaces; what is absent stays. */
export type ActionEdit = Partial<ActionContent & Pick<Action, 'name'>>

export interface ActionFilter {
  trigger?: string
  name?: string
  deployed?: 'yes' | 'no'
}

export type BuildNote =
  | { status: 'pending' | 'building' }
  | ({ status: 'built'; artifact: Artifact } & BuildFindings)
  | { status: 'failed'; errors: readonly BuildMessage[] }

/** A draft that waits for its build, or whose build was lost with the process that ran it. */
export interface UnbuiltDraft {
  tenant: string
  actionId: string
  revision: number
  code: string
  dependencies: readonly Dependency[]
}

export interface RunnableDraft {
  name: string
  artifact: Artifact
  secrets: ActionContent['secrets']
}

/** Every method that writes is one transaction. */
export interface ActionStore {
  /** The draft is `pending`. `most` is the number of actions the tenant may have. */
  create(tenant: string, action: NewAction, most: number): Promise<'created' | 'name-taken' | 'too-many'>
  find(tenant: string, id: string): Promise<Action | undefined>
  /** In the order they were created. */
  list(tenant: string, filter: ActionFilter, page: Page): Promise<Listed<Action>>
  /**
   * Puts the draft back to `pending` with the next revision. `change` decides on the stored action, inside the
   * transaction: it must be synchronous, and what it throws undoes everything.
   */
  edit(
    tenant: string,
    id: string,
    edit: { now: number; change: (action: Action) => ActionEdit },
  ): Promise<Action | 'name-taken' | undefined>
  /** Versions and artifacts go with it. */
  remove(tenant: string, id: string, bindings: 'must-be-none' | 'go-too'): Promise<'removed' | 'bound' | 'unknown'>
  /** Has no effect when the draft has another revision by now. */
  noteBuild(
    tenant: string,
    draft: { actionId: string; revision: number },
    build: BuildNote & { now: number },
  ): Promise<void>
  /** What a run needs of the draft; `undefined` unless it is built. */
  loadDraft(tenant: string, id: string): Promise<RunnableDraft | undefined>
  /** Of every tenant. */
  listUnbuilt(): Promise<UnbuiltDraft[]>
}

export interface Deployment {
  /** Of the version that is made. */
  versionId: string
  now: number
  /** Versions to keep per action; older ones go. */
  keep: number
  /** Older ones that stay all the same: users who are away come back to them. */
  inUse: ReadonlySet<string>
}

/** What a run needs of one version. */
export interface RunnableVersion {
  versionId: string
  actionId: string
  artifact: Artifact
  secrets: ActionContent['secrets']
}

export interface ActionVersionStore {
  /** Makes a version of the draft and lets it go live. */
  deployDraft(
    tenant: string,
    actionId: string,
    deployment: Deployment,
  ): Promise<ActionVersion | 'not-built' | 'unknown'>
  /** Makes a copy of an earlier version and lets it go live. */
  deployCopy(
    tenant: string,
    actionId: string,
    deployment: Deployment & { of: string; draft: 'stays' | 'becomes-it' },
  ): Promise<ActionVersion | undefined>
  find(tenant: string, actionId: string, id: string): Promise<ActionVersion | undefined>
  /** Newest first. */
  list(tenant: string, actionId: string, page: Page): Promise<Listed<ActionVersion>>
  /** Those that still exist, in any order. */
  loadRunnable(tenant: string, versionIds: readonly string[]): Promise<RunnableVersion[]>
}
