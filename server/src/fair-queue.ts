/**
 * Work that costs processor time, a few pieces at once. Each tenant has one turn at a time and then goes to the end of the
 * line: a tenant that uploads a hundred actions delays its own, and others by one.
 */
export type FairQueue = <Result>(tenant: string, work: () => Promise<Result>) => Promise<Result>

export const createFairQueue = (atOnce: number): FairQueue => {
  const lastOf = new Map<string, Promise<void>>()
  const waiting: (() => void)[] = []
  let free = atOnce

  const takeSlot = (): Promise<void> => {
    if (free === 0) return new Promise((resolve) => waiting.push(resolve))
    free -= 1
    return Promise.resolve()
  }

  const giveSlot = (): void => {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }

  const inSlot = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    await takeSlot()
    try {
      return await work()
    } finally {
      giveSlot()
    }
  }

  return (tenant, work) => {
    const turn = (lastOf.get(tenant) ?? Promise.resolve()).then(() => inSlot(work))
    const done: Promise<void> = turn
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => {
        if (lastOf.get(tenant) === done) lastOf.delete(tenant)
      })
    lastOf.set(tenant, done)
    return turn
  }
}
