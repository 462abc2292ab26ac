/**
 * isolated-vm counts clock time, the limit is processor time. On an idle machine they are the same; on a busy one a
 * stretch of code may take longer on the clock by the machine's contention, plus what one scheduling hiccup costs.
 * The supervisor measures real processor time from outside and allows the limit plus its own grace, on a busy machine too:
 * the process, which can name the line, is the first to act unless it gets more than its share.
 */
export const clockAllowanceMs = (cpuMs: number, contention: number): number => cpuMs * contention + hiccupMs

const hiccupMs = 50
