/** The ordered link "this action runs on this trigger". A trigger's list is always replaced whole. */

import type { Listed, Page } from '../page.ts'
import type { Action } from './action.ts'
import type { PinnedAction } from './catalogue.ts'

export interface Binding {
  id: string
  trigger: string
  displayName: string
  action: Action
  createdAt: number
  updatedAt: number
}

export interface ActionRef {
  type: 'action_id' | 'action_name' | 'binding_id'
  value: string
}

export interface WantedBinding {
  id: string
  ref: ActionRef
  /** Default: the action's name. */
  displayName?: string
}

export type BindingRefusal = { refused: 'unknown-action' | 'not-deployed'; ref: ActionRef }

export interface BindingStore {
  /** In the order in which they run. */
  list(tenant: string, trigger: string, page: Page): Promise<Listed<Binding>>
  /** All or none, in one transaction: of two callers at once, one's list stands in the end. */
  replace(
    tenant: string,
    trigger: string,
    list: { wanted: readonly WantedBinding[]; now: number },
  ): Promise<Binding[] | BindingRefusal>
  /** The live versions, in the order in which they run. */
  pin(tenant: string, trigger: string): Promise<PinnedAction[]>
}
