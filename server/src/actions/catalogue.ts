/** What the flow needs of a tenant's actions: the versions to run, fixed once, and their code when they run. */
import type { BoundAction } from '@interlock/runtime'

/** An action version fixed when the pipeline started: a deploy in the middle changes nothing for this user. */
export interface PinnedAction {
  bindingId: string
  actionId: string
  versionId: string
  name: string
}

export interface VersionPins {
  /** Ids of the versions that resets which have not expired may still run. Some of these may have ended. */
  pinnedVersions(tenant: string, now: number): Promise<ReadonlySet<string>>
}

export interface ActionCatalogue {
  /** The live version of every action bound to the trigger, in binding order. */
  pin(tenant: string, trigger: string): Promise<PinnedAction[]>
  /** Artifacts and decrypted secrets. Rejects when a pinned version is gone: the flow then fails closed. */
  load(tenant: string, pinned: readonly PinnedAction[]): Promise<BoundAction[]>
}
