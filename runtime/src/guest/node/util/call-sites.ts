import { requireBoolean, requireInteger, requireObject } from '../validate.ts'

interface Site {
  getFunctionName(): string | null
  getFileName(): string | null
  getLineNumber(): number | null
  getColumnNumber(): number | null
}

interface StackErrors {
  prepareStackTrace?: unknown
  stackTraceLimit: number
  captureStackTrace(target: object, below: unknown): void
}

const mostFrames = 200

/** Who has called, from the caller of `below` on. */
export const callSites = (count: unknown, options: unknown, below: unknown): object[] => {
  const given = typeof count === 'object' && options === undefined ? count : options
  const frames = typeof count === 'object' && options === undefined ? 10 : count
  if (given !== undefined) {
    requireObject(given, 'options')
    const { sourceMap } = given as { sourceMap?: unknown }
    if (sourceMap !== undefined) requireBoolean(sourceMap, 'options.sourceMap')
  }
  requireInteger(frames, 'frameCount', { least: 1, most: mostFrames })
  return captureSites(frames, below).map((site) => {
    const column = site.getColumnNumber() ?? 0
    return Object.assign(Object.create(null), {
      functionName: site.getFunctionName() ?? '',
      scriptId: '',
      scriptName: site.getFileName() ?? '',
      lineNumber: site.getLineNumber() ?? 0,
      columnNumber: column,
      column,
    })
  })
}

const captureSites = (count: number, below: unknown): Site[] => {
  const errors = Error as unknown as StackErrors
  const { prepareStackTrace, stackTraceLimit } = errors
  errors.prepareStackTrace = (_: unknown, sites: Site[]) => sites
  errors.stackTraceLimit = count
  const holder = {} as { stack: Site[] }
  try {
    errors.captureStackTrace(holder, below)
    return holder.stack
  } finally {
    errors.stackTraceLimit = stackTraceLimit
    if (prepareStackTrace === undefined) delete errors.prepareStackTrace
    else errors.prepareStackTrace = prepareStackTrace
  }
}
