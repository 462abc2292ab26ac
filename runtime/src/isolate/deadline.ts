/**
 * isolated-vm counts clock time, the limit is processor time. On an idle machine they are the same; on a busy one a
 * stretch of code may take longer on the clock by the machine's contention, plus what one scheduling hiccup costs.
 * The supervisor measures real processor time from outside and allows the same plus its own grace, so that the child,
 * which can name the line, is the first to act.
 */
export const clockAllowanceMs = (cpuMs: number, contention: number): number => cpuMs * contention + hiccupMs

const hiccupMs = 50
