/** A tenant's code for one trigger: the draft its author edits, and the version that is live. */
import type { BuildMessage, Dependency, PackageRecord } from '@interlock/runtime'
import type { SealedSecret } from './secret.ts'

export type BuildStatus = 'pending' | 'building' | 'built' | 'failed'

/** What draft and version have in common. */
export interface ActionContent {
  code: string
  /** The vendor's word for the Node version it was written for; kept and shown, of no effect here. */
  runtime: string
  secrets: readonly SealedSecret[]
  /** Each with an exact version. */
  dependencies: readonly Dependency[]
}

/** What a build says beside the artifact. */
export interface BuildFindings {
  /** The bill of materials: every package of which something is in the artifact. */
  packages: readonly PackageRecord[]
  /** What the author may want to mend. */
  warnings: readonly BuildMessage[]
}

/** The findings are empty until it is built. */
export interface Draft extends ActionContent, BuildFindings {
  /** Goes up with every edit: a build that was begun before an edit changes nothing. */
  revision: number
  status: BuildStatus
  /** What the author has to mend; empty unless `status` is `failed`. */
  errors: readonly BuildMessage[]
  builtAt?: number
}

/** Immutable: a deploy makes a new one, and so does a rollback. */
export interface ActionVersion extends ActionContent, BuildFindings {
  id: string
  actionId: string
  /** Counts up from 1 per action and is never used twice. */
  number: number
  builtAt: number
  createdAt: number
}

export interface Action {
  id: string
  name: string
  trigger: string
  draft: Draft
  deployed?: ActionVersion
  /** False as soon as the draft was edited after the last deploy. */
  allChangesDeployed: boolean
  createdAt: number
  updatedAt: number
}
