import type { BoundAction } from '../pipeline/execution-request.ts'
import type { RunReport } from '../pipeline/execution-result.ts'

/** A server knows every action as `action.js` or `action.ts`; here stacks name the file that was opened. */
export const inOwnFile = (report: RunReport, action: BoundAction | undefined): RunReport => {
  if (!action) return report
  const place = new RegExp(`(?<![\\w/.-])${action.artifact.fileName.replace('.', '\\.')}(?=:\\d+:\\d+)`, 'g')
  const named = (text: string) => text.replace(place, () => action.name)
  const { error } = report
  return {
    ...report,
    console: report.console.map(({ level, text }) => ({ level, text: named(text) })),
    warnings: report.warnings.map(named),
    ...(error && { error: error.stack === undefined ? error : { ...error, stack: named(error.stack) } }),
  }
}
