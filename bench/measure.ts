/** Times the subjects of one comparison in turn, so that whatever else the machine does meets all of them alike. */
export interface Subject {
  name: string
  runOnce(): Promise<unknown>
}

export interface Figures {
  name: string
  p50: number
  p99: number
}

export interface Rounds {
  /** Not counted: code is compiled, isolates are made. */
  warmUp: number
  counted: number
}

/** Milliseconds per run as the caller sees them. */
export const measure = async (subjects: readonly Subject[], { warmUp, counted }: Rounds): Promise<Figures[]> => {
  const samples = subjects.map(({ name }) => ({ name, times: [] as number[] }))
  for (let round = 0; round < warmUp + counted; round++) {
    for (const [index, subject] of subjects.entries()) {
      const startedAt = performance.now()
      await subject.runOnce()
      const tookMs = performance.now() - startedAt
      if (round >= warmUp) samples[index]?.times.push(tookMs)
    }
  }
  return samples.map(({ name, times }) => {
    const sorted = times.toSorted((a, b) => a - b)
    return { name, p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99) }
  })
}

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
