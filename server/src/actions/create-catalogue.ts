import type { Vault } from '../crypto/vault.ts'
import type { ActionVersionStore } from './action-store.ts'
import type { BindingStore } from './binding-store.ts'
import type { ActionCatalogue } from './catalogue.ts'
import { openSecrets } from './secret.ts'

type Deps = {
  bindings: Pick<BindingStore, 'pin'>
  versions: Pick<ActionVersionStore, 'loadRunnable'>
  vault: Pick<Vault, 'open'>
}

export const createActionCatalogue = ({ bindings, versions, vault }: Deps): ActionCatalogue => ({
  pin: (tenant, trigger) => bindings.pin(tenant, trigger),

  async load(tenant, pinned) {
    const found = await versions.loadRunnable(
      tenant,
      pinned.map(({ versionId }) => versionId),
    )
    return pinned.map(({ name, actionId, versionId }) => {
      const version = found.find((candidate) => candidate.versionId === versionId)
      if (!version) throw new Error(`Version ${versionId} of action ${actionId} does not exist any more.`)
      return { name, artifact: version.artifact, secrets: openSecrets(vault, { tenant, actionId }, version.secrets) }
    })
  },
})
