/** Node's console, written into the run's log. */
import type { ConsoleLine } from '../bridge/outcome.ts'
import type { ConsoleSink } from './console-sink.ts'
import { formatAll, inspectValue } from './formatter.ts'
import { apply, bare, captureStackTrace, indexOf, now, slice } from './primordials.ts'

type Level = ConsoleLine['level']
type Write = (...args: unknown[]) => void

/** Puts `indent` before every line of `text`. */
const indentLines = (text: string, indent: string): string => {
  if (indent === '') return text
  let rest = text
  let indented = ''
  for (let end = indexOf(rest, '\n'); end !== -1; end = indexOf(rest, '\n')) {
    indented += indent + slice(rest, 0, end + 1)
    rest = slice(rest, end + 1)
  }
  return indented + indent + rest
}

const createCounters = (write: (level: Level, text: string) => void) => {
  const counts: Record<string, number> = bare({})
  return {
    count: (label: unknown = 'default') => {
      const name = `${label}`
      counts[name] = (counts[name] ?? 0) + 1
      write('log', `${name}: ${counts[name]}`)
    },
    countReset: (label: unknown = 'default') => {
      counts[`${label}`] = 0
    },
  }
}

/** Node prints seconds from 1000 ms on. The guest's clock has whole milliseconds. */
const showDuration = (ms: number) => (ms < 1_000 ? `${ms}ms` : `${ms / 1_000}s`)

const createStopwatches = (write: (level: Level, text: string) => void) => {
  const starts: Record<string, number | undefined> = bare({})
  const report = (label: unknown, args: unknown[]) => {
    const start = starts[`${label}`]
    if (start === undefined) return
    const elapsed = `${label}: ${showDuration(now() - start)}`
    write('log', args.length === 0 ? elapsed : `${elapsed} ${formatAll(args)}`)
  }
  return {
    time: (label: unknown = 'default') => {
      starts[`${label}`] ??= now()
    },
    timeLog: (label: unknown = 'default', ...args: unknown[]) => report(label, args),
    timeEnd: (label: unknown = 'default') => {
      report(label, [])
      starts[`${label}`] = undefined
    },
  }
}

export const createConsole = (sink: ConsoleSink) => {
  let indent = ''
  const write = (level: Level, text: string) => sink.write(level, indentLines(text, indent))
  const writeAt =
    (level: Level): Write =>
    (...args) =>
      write(level, formatAll(args))
  const log = writeAt('log')
  const warn = writeAt('warn')
  const group: Write = (...args) => {
    if (args.length > 0) apply(log, undefined, args)
    indent += '  '
  }

  return {
    debug: writeAt('debug'),
    log,
    info: writeAt('info'),
    warn,
    error: writeAt('error'),
    dir: (value: unknown, options?: object) => write('log', inspectValue(value, { customInspect: false, ...options })),
    dirxml: log,
    /** Without Node's box drawing. */
    table: log,
    trace: (...args: unknown[]) => {
      const trace = bare({ stack: '' })
      captureStackTrace(trace)
      const frames = slice(trace.stack, indexOf(trace.stack, '\n    at '))
      write('error', `Trace${args.length === 0 ? '' : `: ${formatAll(args)}`}${frames}`)
    },
    assert: (condition: unknown, ...args: unknown[]) => {
      if (condition) return
      if (args.length === 0) return write('warn', 'Assertion failed')
      args[0] = `Assertion failed: ${args[0]}`
      apply(warn, undefined, args)
    },
    group,
    groupCollapsed: group,
    groupEnd: () => {
      indent = slice(indent, 2)
    },
    ...createCounters(write),
    ...createStopwatches(write),
  }
}
