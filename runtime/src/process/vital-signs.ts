/**
 * What the operating system says about a process: the supervisor trusts this, not what the process says of itself.
 * Linux only; elsewhere `undefined`, and the wall clock alone holds.
 */
import { readFileSync } from 'node:fs'

export interface VitalSigns {
  /** Processor time since its start, all threads. */
  cpuMs: number
  residentBytes: number
}

/** Synchronous on purpose: procfs never waits for a disk, and a thread pool would be slower than the read. */
export const readVitalSigns = (pid: number): VitalSigns | undefined => {
  try {
    // proc(5): the name in parentheses may hold anything; utime and stime are fields 14 and 15, in ticks of 10 ms.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const status = readFileSync(`/proc/${pid}/status`, 'latin1')
    const resident = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]
    return { cpuMs: (Number(fields[11]) + Number(fields[12])) * 10, residentBytes: Number(resident ?? 0) * 1_024 }
  } catch {
    return undefined
  }
}
