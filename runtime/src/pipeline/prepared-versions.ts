/**
 * Versions with what V8 has prepared of them: made when they are built, kept by the host, looked up at their first run here.
 *
 * - only of versions whose loading is dear; the others are not even looked up
 * - by tenant: nothing that one tenant's code has led to is ever given to another tenant's process
 * - what another engine has made is not found; it is made anew beside the runs, once, and they go on as they can
 * - a run never fails for it: what cannot be found or believed is evaluated
 */
import { setTimeout as pause } from 'node:timers/promises'
import { type Artifact, preparationName, type SnapshotState } from '../bundle/artifact.ts'
import { wrapModule } from '../bundle/module-wrapper.ts'
import type { Ahead, Module } from '../isolate/run.ts'
import type { RunLimits } from '../limits.ts'
import type { Observer } from '../observer.ts'
import type { Preparation, PreparationStore } from '../ports.ts'
import { type Preparer, sha256 } from '../process/preparer.ts'

interface Options {
  store: PreparationStore
  preparer: Pick<Preparer, 'prepare'>
  engine: string
  observer: Observer
}

interface Version {
  tenant: string
  artifact: Artifact
}

/** `undefined`: none yet. */
type Known = Promise<Preparation | undefined>

export interface PreparedVersions {
  /** For a version that was built just now. */
  prepare(tenant: string, artifact: Artifact, limits: RunLimits): Promise<SnapshotState>
  /** What a process runs. At once for most versions. */
  toModule(tenant: string, artifact: Artifact, limits: RunLimits): Module | Promise<Module>
}

export const createPreparedVersions = ({ store, preparer, engine, observer }: Options): PreparedVersions => {
  /** The longest unused first. */
  const known = new Map<string, { preparation: Known; bytes: number }>()
  const underWay = new Map<string, Known>()

  const lose = (during: 'find' | 'keep', { tenant, artifact }: Version, error: unknown) =>
    observer.preparationLost?.({ tenant, artifact: artifact.hash, during, error })

  const remember = (key: string, preparation: Known) => {
    const entry = { preparation, bytes: 0 }
    known.delete(key)
    known.set(key, entry)
    void preparation.then(
      (found) => {
        entry.bytes = found?.bytes.length ?? 0
        forgetOldest(known)
      },
      () => known.get(key) === entry && known.delete(key),
    )
  }

  const make = async (tenant: string, artifact: Artifact, limits: RunLimits): Known => {
    const preparation = await preparer.prepare(tenant, { module: plain(artifact), limits })
    if (!preparation) return undefined
    const { kind, refused } = preparation
    observer.versionPrepared?.({ tenant, artifact: artifact.hash, kind, ...(refused !== undefined && { refused }) })
    remember(keyOf(tenant, artifact), Promise.resolve(preparation))
    const key = { artifact: preparationName(artifact), engine }
    await store.keep(tenant, key, preparation).catch((error) => lose('keep', { tenant, artifact }, error))
    return preparation
  }

  const makeOnce = (tenant: string, artifact: Artifact, limits: RunLimits): Known => {
    const key = keyOf(tenant, artifact)
    const making = underWay.get(key) ?? make(tenant, artifact, limits).finally(() => underWay.delete(key))
    underWay.set(key, making)
    return making
  }

  const look = (tenant: string, artifact: Artifact): Known => {
    const key = keyOf(tenant, artifact)
    const entry = known.get(key)
    if (entry) {
      known.delete(key)
      known.set(key, entry)
      return entry.preparation
    }
    const found = store
      .find(tenant, { artifact: preparationName(artifact), engine })
      .then((kept) => (isWhole(kept) ? kept : undefined))
    found.catch((error) => lose('find', { tenant, artifact }, error))
    remember(key, found)
    return found
  }

  const find = async (tenant: string, artifact: Artifact, limits: RunLimits): Promise<Module> => {
    const module = plain(artifact)
    const preparation = await look(tenant, artifact).catch(() => null)
    if (preparation === undefined) void makeOnce(tenant, artifact, limits)
    return preparation ? withAhead(module, preparation) : module
  }

  return {
    toModule: (tenant, artifact, limits) => (artifact.dear ? find(tenant, artifact, limits) : plain(artifact)),

    async prepare(tenant, artifact, limits) {
      if (!artifact.dear) return 'unneeded'
      const kept = await look(tenant, artifact).catch(() => undefined)
      // Nothing may have come of it for want of time only.
      const making = kept && kept.kind !== 'none' ? kept : makeOnce(tenant, artifact, limits)
      return soonEnough(making)
    },
  }
}

/** Versions of others may be prepared first, one by one and each to its deadline: the author does not wait for all of them. */
const soonEnough = async (making: Preparation | Known): Promise<SnapshotState> => {
  const patience = new AbortController()
  const late = pause(longestWaitMs, 'late' as const, { signal: patience.signal }).catch(() => 'late' as const)
  const preparation = await Promise.race([making, late])
  patience.abort()
  if (preparation === 'late' || !preparation) return { refused: notYet }
  return preparation.kind === 'snapshot' ? 'made' : { refused: preparation.refused ?? notYet }
}

const notYet = 'It is not made yet: others come first. Runs go on without it until then.'
/** A version of 1.5 MB takes about a second, on a busy machine ten. */
const longestWaitMs = 12_000

/** As it is evaluated where nothing was prepared. */
export const plain = ({ hash, code, fileName }: Artifact): Module => ({ hash, code: wrapModule(code), fileName })

/** Processes keep modules by their hash: the same code with something ahead is another module to them. */
const withAhead = (module: Module, preparation: Preparation): Module => {
  const ahead = toAhead(preparation)
  return ahead ? { ...module, hash: `${module.hash}+${preparation.sha256}`, ahead } : module
}

const aheads = new WeakMap<Preparation, Ahead>()

const toAhead = (preparation: Preparation): Ahead | undefined => {
  const { kind, bytes } = preparation
  if (kind === 'none') return undefined
  const ahead = aheads.get(preparation) ?? { kind, packed: Buffer.from(bytes).toString('base64') }
  aheads.set(preparation, ahead)
  return ahead
}

/** For a host that keeps nothing: versions are prepared once for each runtime. */
export const forgetful: PreparationStore = { find: async () => undefined, keep: async () => {} }

/** V8 trusts what it is given: bytes that have changed on the way are not. */
const isWhole = (kept: Preparation | undefined): boolean => kept !== undefined && sha256(kept.bytes) === kept.sha256

const keyOf = (tenant: string, artifact: Artifact): string => JSON.stringify([tenant, preparationName(artifact)])

/** Of all tenants together; versions of 1.5 MB come to 1.1 MB. */
const mostBytes = 67_108_864
const mostVersions = 10_000

const forgetOldest = (known: Map<string, { bytes: number }>) => {
  let bytes = 0
  for (const entry of known.values()) bytes += entry.bytes
  for (const [key, entry] of known) {
    if (bytes <= mostBytes && known.size <= mostVersions) return
    known.delete(key)
    bytes -= entry.bytes
  }
}
