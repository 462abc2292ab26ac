import { sibling } from './siblings.ts'

interface Process {
  emitWarning(warning: Error | string): void
}

/** As `process.emitWarning`. */
export const emitWarning = (warning: Error | string): void => sibling<Process>('process')?.emitWarning(warning)
