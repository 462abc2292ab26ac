/** The tables of actions, in the form that `schema.ts` describes. */

export interface ActionRow {
  tenant: string
  id: string
  name: string
  trigger: string
  code: string
  runtime: string
  secrets: string
  dependencies: string
  packages: string
  warnings: string
  revision: number
  status: string
  errors: string
  /** Of the draft, once it is built. */
  artifactKey: string | null
  builtAt: number | null
  /** Of the newest version ever made. */
  lastNumber: number
  deployedVersionId: string | null
  allChangesDeployed: 0 | 1
  createdAt: number
  updatedAt: number
}

export interface ActionVersionRow {
  tenant: string
  id: string
  actionId: string
  number: number
  code: string
  runtime: string
  secrets: string
  dependencies: string
  packages: string
  warnings: string
  artifactKey: string
  builtAt: number
  createdAt: number
}

interface ActionArtifactRow {
  tenant: string
  key: string
  artifact: string
  /** `artifact` of its preparations, if it may have any. */
  preparedAs: string | null
}

interface PreparationRow {
  tenant: string
  artifact: string
  engine: string
  kind: string
  refused: string | null
  /** Base64. */
  bytes: string
  sha256: string
  madeAt: number
}

interface BindingListRow {
  tenant: string
  trigger: string
  updatedAt: number
}

export interface BindingRow {
  tenant: string
  trigger: string
  position: number
  id: string
  actionId: string
  displayName: string
  createdAt: number
}

interface SigningKeyRow {
  tenant: string
  sealed: string
}

export interface ActionSchema {
  actions: ActionRow
  actionVersions: ActionVersionRow
  actionArtifacts: ActionArtifactRow
  preparations: PreparationRow
  bindingLists: BindingListRow
  bindings: BindingRow
  signingKeys: SigningKeyRow
}
