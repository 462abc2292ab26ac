/** Who waits for a sandbox process. Tenants take turns, so that the flood of one delays nobody but itself. */
export class WaitingList<Work extends { tenant: string }> {
  /** Whose turn comes next is first. A tenant without work is not here. */
  readonly #turns = new Map<string, Set<Work>>()

  add(work: Work): void {
    const own = this.#turns.get(work.tenant) ?? new Set()
    this.#turns.set(work.tenant, own.add(work))
  }

  delete(work: Work): void {
    const own = this.#turns.get(work.tenant)
    own?.delete(work)
    if (own?.size === 0) this.#turns.delete(work.tenant)
  }

  countOf(tenant: string): number {
    return this.#turns.get(tenant)?.size ?? 0
  }

  counts(): Map<string, number> {
    return new Map([...this.#turns].map(([tenant, own]) => [tenant, own.size]))
  }

  /** How many wait, whatever the number of their work. */
  get tenants(): number {
    return this.#turns.size
  }

  /** Whether it holds for the work of some tenant whose turn would come. */
  some(holds: (work: Work) => boolean): boolean {
    for (const [work] of this.#turns.values()) if (work && holds(work)) return true
    return false
  }

  /** Everybody's work, or one tenant's; it is off the list then. */
  takeAll(tenant?: string): Work[] {
    const tenants = tenant === undefined ? [...this.#turns.keys()] : [tenant]
    const all = tenants.flatMap((name) => [...(this.#turns.get(name) ?? [])])
    for (const name of tenants) this.#turns.delete(name)
    return all
  }

  /** Lets each tenant with a place start its oldest work, in turns until nobody has a place any more. */
  serve<Place>(findPlace: (work: Work) => Place | undefined, start: (work: Work, place: Place) => void): void {
    let turns = [...this.#turns.keys()]
    while (turns.length > 0) {
      turns = turns.filter((tenant) => {
        const [work] = this.#turns.get(tenant) ?? []
        const place = work && findPlace(work)
        if (!work || !place) return false
        this.#takeTurn(work)
        start(work, place)
        return true
      })
    }
  }

  #takeTurn(work: Work) {
    const own = this.#turns.get(work.tenant)
    this.delete(work)
    if (!own?.size) return
    this.#turns.delete(work.tenant)
    this.#turns.set(work.tenant, own)
  }
}
