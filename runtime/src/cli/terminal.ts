/** Where a command writes. */
export interface Terminal {
  /** What was asked for, a line at a time. */
  say(line: string): void
  /** What went wrong, and progress: not part of what was asked for. */
  note(line: string): void
}

export const processTerminal: Terminal = {
  say: (line) => void process.stdout.write(`${line}\n`),
  note: (line) => void process.stderr.write(`${line}\n`),
}
