/**
 * Whose sandbox processes are whose. A process holds a place while it takes new work; one that is leaving is left its last
 * runs and holds none.
 */
import type { SandboxProcess } from './sandbox-process.ts'

interface Holding {
  tenant: string
  since: number
  usedAt: number
}

interface Owned {
  /** The longest held first. */
  taking: Set<SandboxProcess>
  leaving: Set<SandboxProcess>
}

export class Fleet {
  /** Those that hold a place, the longest unused first. */
  readonly #places = new Map<SandboxProcess, Holding>()
  readonly #leaving = new Map<SandboxProcess, string>()
  readonly #tenants = new Map<string, Owned>()

  /** How many places are taken. */
  get places(): number {
    return this.#places.size
  }

  get leaving(): number {
    return this.#leaving.size
  }

  /** Those whose thread is not their own at the moment. */
  get busy(): number {
    return this.entries().filter(([{ isBusy }]) => isBusy).length
  }

  adopt(process: SandboxProcess, tenant: string): void {
    const now = performance.now()
    this.#places.set(process, { tenant, since: now, usedAt: now })
    const owned = this.#tenants.get(tenant) ?? { taking: new Set(), leaving: new Set() }
    owned.taking.add(process)
    this.#tenants.set(tenant, owned)
  }

  ownerOf(process: SandboxProcess): string | undefined {
    return this.#places.get(process)?.tenant ?? this.#leaving.get(process)
  }

  /** It has been given work. */
  touch(process: SandboxProcess): void {
    const holding = this.#places.get(process)
    if (!holding) return
    this.#places.delete(process)
    this.#places.set(process, { ...holding, usedAt: performance.now() })
  }

  /** It gives its place up. */
  leave(process: SandboxProcess): void {
    const holding = this.#places.get(process)
    if (!holding) return
    this.#places.delete(process)
    this.#leaving.set(process, holding.tenant)
    const owned = this.#tenants.get(holding.tenant)
    owned?.taking.delete(process)
    owned?.leaving.add(process)
  }

  /** It has exited. */
  remove(process: SandboxProcess): void {
    this.leave(process)
    const tenant = this.#leaving.get(process)
    if (tenant === undefined) return
    this.#leaving.delete(process)
    const owned = this.#tenants.get(tenant)
    owned?.leaving.delete(process)
    if (owned && owned.taking.size + owned.leaving.size === 0) this.#tenants.delete(tenant)
  }

  /** The processes of a tenant that take new work, and those that are leaving. */
  of(tenant: string): Readonly<Record<keyof Owned, readonly SandboxProcess[]>> {
    const { taking = [], leaving = [] } = this.#tenants.get(tenant) ?? {}
    return { taking: [...taking], leaving: [...leaving] }
  }

  /** Every process with its tenant. */
  entries(): [SandboxProcess, string][] {
    const taking = [...this.#places].map(([process, { tenant }]): [SandboxProcess, string] => [process, tenant])
    return [...taking, ...this.#leaving]
  }

  /** Runs of the tenant under way, those in leaving processes included. */
  underWay(tenant: string): number {
    const owned = this.#tenants.get(tenant)
    let sum = 0
    for (const process of owned?.taking ?? []) sum += process.size
    for (const process of owned?.leaving ?? []) sum += process.size
    return sum
  }

  /** The idle process that has been unused for longest, if it has been for `unusedMs`. */
  longestUnused(unusedMs: number): SandboxProcess | undefined {
    const now = performance.now()
    for (const [process, { usedAt }] of this.#places) {
      if (now - usedAt < unusedMs) return undefined
      if (process.isEmpty) return process
    }
    return undefined
  }

  /** Of the tenant with the most places the one held for longest: for `heldMs` at least, unless the tenant has another. */
  largestShare(heldMs: number): SandboxProcess | undefined {
    const now = performance.now()
    const sharesOf = (tenant: string) => this.#tenants.get(tenant)?.taking.size ?? 0
    const [first] = [...this.#places]
      .map(([process, { tenant, since }]) => ({ process, since, shares: sharesOf(tenant) }))
      .filter(({ since, shares }) => shares > 1 || now - since >= heldMs)
      .toSorted((one, other) => other.shares - one.shares || one.since - other.since)
    return first?.process
  }
}
