/** Work that waits for a place, in the order it came. */
export type InSlot = <Result>(work: () => Promise<Result>) => Promise<Result>

export const createSlots = (atOnce: number): InSlot => {
  const waiting: (() => void)[] = []
  let free = atOnce

  const take = async (): Promise<void> => {
    if (free === 0) return new Promise((resolve) => waiting.push(resolve))
    free -= 1
  }

  const give = (): void => {
    const next = waiting.shift()
    if (next) next()
    else free += 1
  }

  return async (work) => {
    await take()
    try {
      return await work()
    } finally {
      give()
    }
  }
}
