/** Where something was measured, in a few words. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus } from 'node:os'

export const describeMachine = (): string => {
  const model = cpus()[0]?.model.trim() ?? 'unknown'
  const machine = `Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores (${model})`
  return isBeforeOthers() ? `${machine}, under \`chrt\`: ahead of the machine's other work` : machine
}

/** Back to ordinary priority, where the system knows another: who goes ahead does not feel that a machine is busy. */
export const joinTheOthers = (): void => {
  spawnSync('chrt', ['--all-tasks', '--other', '--pid', '0', String(process.pid)])
}

/** proc(5): field 41 of `stat` is the scheduling policy; 1 and 2 are the real-time ones. */
const isBeforeOthers = (): boolean => {
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1')
    const policy = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[38]
    return policy === '1' || policy === '2'
  } catch {
    return false
  }
}
