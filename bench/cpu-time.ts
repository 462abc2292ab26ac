/** Processor time of this process and of others, all threads, in milliseconds. Linux only: elsewhere the others count as 0. */
import { readdirSync, readFileSync } from 'node:fs'

/** `schedstat` counts nanoseconds; the ticks of `stat` are longer than most of what is measured here. */
const cpuOf = (pid: number): number => {
  try {
    const tasks = `/proc/${pid}/task`
    return readdirSync(tasks)
      .map((task) => Number(readFileSync(`${tasks}/${task}/schedstat`, 'latin1').split(' ')[0]) / 1_000_000)
      .reduce((sum, ms) => sum + ms, 0)
  } catch {
    return 0
  }
}

export const cpuMs = (pids: Iterable<number>): number => {
  let total = process.cpuUsage().user / 1_000 + process.cpuUsage().system / 1_000
  for (const pid of pids) total += cpuOf(pid)
  return total
}
