import type { Command } from './command.ts'

/** By name; loaded when asked for, so that none waits for what only another needs. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  init: async () => (await import('./init/init-command.ts')).initCommand,
  run: async () => (await import('./run/run-command.ts')).runCommand,
  test: async () => (await import('./test/test-command.ts')).testCommand,
  dev: async () => (await import('./dev/dev-command.ts')).devCommand,
}
