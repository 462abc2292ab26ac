/**
 * What the operating system says about a process: the supervisor trusts this, not what the process says of itself. Where
 * neither way of asking works, `undefined`, and the wall clock alone holds.
 */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'

export interface VitalSigns {
  /** Processor time since its start, all threads. */
  cpuMs: number
  /** That of its first thread, where guest code runs; of all threads where the system does not tell. */
  threadMs: number
  residentBytes: number
}

/** Never waits: what takes time to find out is answered the next time. */
export type ReadVitalSigns = (pid: number) => VitalSigns | undefined

/** Synchronous on purpose: procfs never waits for a disk, and a thread pool would be slower than the read. */
const readFromProcfs: ReadVitalSigns = (pid) => {
  try {
    // proc(5): the name in parentheses may hold anything; utime and stime are fields 14 and 15, in ticks of 10 ms.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const status = readFileSync(`/proc/${pid}/status`, 'latin1')
    const resident = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]
    const cpuMs = (Number(fields[11]) + Number(fields[12])) * 10
    return { cpuMs, threadMs: readThreadMs(pid) ?? cpuMs, residentBytes: Number(resident ?? 0) * 1_024 }
  } catch {
    return undefined
  }
}

/** Of a process's first thread, to the nanosecond; a kernel may be built without. */
const readThreadMs = (pid: number): number | undefined => {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[0]) / 1_000_000
  } catch {
    return undefined
  }
}

/**
 * Answers what `ps` has said last, and asks it again when that is old: a process of its own for each look would cost more
 * than what is looked at. So excesses are found a quarter of a second later than with procfs.
 */
export const createPsReader = (ask: (pid: number) => Promise<string> = askPs): ReadVitalSigns => {
  const known = new Map<number, { signs?: VitalSigns; askedAt: number }>()

  const refresh = async (pid: number, entry: { signs?: VitalSigns; askedAt: number }) => {
    try {
      const signs = parsePs(await ask(pid))
      if (signs) entry.signs = signs
    } catch {
      // It is gone, or this system has no such program.
      known.delete(pid)
    }
  }

  return (pid) => {
    const entry = known.get(pid) ?? { askedAt: Number.NEGATIVE_INFINITY }
    known.set(pid, entry)
    if (performance.now() - entry.askedAt >= psIntervalMs) {
      entry.askedAt = performance.now()
      void refresh(pid, entry)
    }
    return entry.signs
  }
}

const askPs = async (pid: number): Promise<string> =>
  (await promisify(execFile)('ps', ['-o', 'rss=,time=', '-p', String(pid)])).stdout

/** Kilobytes, and `[[days-]hours:]minutes:seconds`, with hundredths on macOS. */
const parsePs = (line: string): VitalSigns | undefined => {
  const [, kilobytes, days = 0, time] = /^\s*(\d+)\s+(?:(\d+)-)?([\d:.]+)\s*$/.exec(line) ?? []
  if (kilobytes === undefined || time === undefined) return undefined
  const seconds = time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  const cpuMs = Math.round((Number(days) * 86_400 + seconds) * 1_000)
  return { cpuMs, threadMs: cpuMs, residentBytes: Number(kilobytes) * 1_024 }
}

const psIntervalMs = 250

export const readVitalSigns: ReadVitalSigns = existsSync('/proc/self/stat') ? readFromProcfs : createPsReader()
