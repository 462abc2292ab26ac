/** Where a command writes. */
export interface Terminal {
  /** What was asked for, a line at a time. */
  say(line: string): void
  /** What went wrong, and progress: not part of what was asked for. */
  note(line: string): void
}

/** What actions print, and what servers answer, cannot move the cursor or write over what stands there (CWE-150). */
const legible = (text: string): string =>
  text.replace(/[^\P{Cc}\t\n]/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)

export const processTerminal: Terminal = {
  say: (line) => void process.stdout.write(`${legible(line)}\n`),
  note: (line) => void process.stderr.write(`${legible(line)}\n`),
}
