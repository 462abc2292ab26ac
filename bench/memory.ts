/** Memory and files of processes, as the operating system counts them. Linux only: elsewhere 0. */
import { readdirSync, readFileSync } from 'node:fs'

/** Proportional set size: pages that several processes share are divided between them, so that figures may be added up. */
export const pssMb = (pids: Iterable<number>): number =>
  [...pids].map(pssMbOf).reduce((sum, megabytes) => sum + megabytes, 0)

const pssMbOf = (pid: number): number => {
  try {
    const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1]
    return Number(kilobytes ?? 0) / 1_024
  } catch {
    return 0
  }
}

export const openFiles = (): number => {
  try {
    return readdirSync('/proc/self/fd').length
  } catch {
    return 0
  }
}
