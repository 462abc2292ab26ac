/** Processor time of processes, all threads, in milliseconds. Linux only: elsewhere that of others counts as 0. */
import { readdirSync, readFileSync } from 'node:fs'

/** Of this process, of `pids`, and of all their children that have exited: what was alive before and is gone now stays counted. */
export const cpuMs = (pids: Iterable<number>): number => {
  const { user, system } = process.cpuUsage()
  let total = (user + system) / 1_000 + cpuMsOfExited('self')
  for (const pid of pids) total += cpuMsOf(pid) + cpuMsOfExited(pid)
  return total
}

/** `schedstat` counts nanoseconds; the ticks of `stat` are longer than most of what is measured here. */
const cpuMsOf = (pid: number): number => {
  try {
    const tasks = `/proc/${pid}/task`
    return readdirSync(tasks)
      .map((task) => Number(readFileSync(`${tasks}/${task}/schedstat`, 'latin1').split(' ')[0]) / 1_000_000)
      .reduce((sum, ms) => sum + ms, 0)
  } catch {
    return 0
  }
}

/** proc(5): fields 16 and 17 of `stat`, in ticks of 10 ms; the name in parentheses may hold anything. */
const cpuMsOfExited = (pid: number | 'self'): number => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[13]) + Number(fields[14])) * 10
  } catch {
    return 0
  }
}
