/** Node's console, written into the run's log. */
import type { ConsoleLine } from '../../bridge/outcome.ts'
import type { ConsoleSink } from '../console-sink.ts'
import { formatAll, inspectValue } from '../formatter.ts'
import {
  add,
  apply,
  bare,
  captureStackTrace,
  createList,
  defineProperty,
  deleteProperty,
  floor,
  indexOf,
  now,
  slice,
} from '../primordials.ts'

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

/** Lines with their level, to wherever a console writes. */
type Output = Pick<ConsoleSink, 'write'>

/** What is evaluated at its first use. */
export interface ConsoleServices {
  warn(text: string): void
  /** Undefined where the value is no table. */
  drawTable(data: unknown, properties: unknown): string | undefined
}

interface Channel {
  write(level: Level, text: string): void
  format(args: unknown[]): string
  warn(text: string): void
}

const labelOf = (args: unknown[]): string => (args[0] === undefined ? 'default' : `${args[0]}`)

const withoutFirst = (args: unknown[]): unknown[] => {
  const rest = createList<unknown>()
  for (let index = 1; index < args.length; index++) add(rest, args[index])
  return rest as unknown[]
}

const createCounters = ({ write, warn }: Channel) => {
  const counts: Record<string, number> = bare({})
  return {
    count: (...args: unknown[]) => {
      const name = labelOf(args)
      counts[name] = (counts[name] ?? 0) + 1
      write('log', `${name}: ${counts[name]}`)
    },
    countReset: (...args: unknown[]) => {
      const name = labelOf(args)
      if (counts[name] === undefined) warn(`Count for '${name}' does not exist`)
      else deleteProperty(counts, name)
    },
  }
}

const twoDigits = (count: number) => (count < 10 ? `0${count}` : `${count}`)

/** As Node writes it: `5ms`, `1.500s`, `1:02.003 (m:ss.mmm)`. The guest's clock has whole milliseconds. */
const showDuration = (ms: number): string => {
  if (ms < 1_000) return `${ms}ms`
  const rest = `${ms % 1_000}`
  const fraction = slice('000', rest.length) + rest
  const seconds = floor(ms / 1_000)
  if (seconds < 60) return `${seconds}.${fraction}s`
  const minutes = floor(seconds / 60)
  const tail = `${twoDigits(seconds % 60)}.${fraction}`
  if (minutes < 60) return `${minutes}:${tail} (m:ss.mmm)`
  return `${floor(minutes / 60)}:${twoDigits(minutes % 60)}:${tail} (h:mm:ss.mmm)`
}

const createStopwatches = ({ write, format, warn }: Channel) => {
  const starts: Record<string, number | undefined> = bare({})
  const report = (method: string, name: string, args: unknown[]) => {
    const start = starts[name]
    if (start === undefined) return warn(`No such label '${name}' for console.${method}()`)
    const elapsed = `${name}: ${showDuration(now() - start)}`
    write('log', args.length === 0 ? elapsed : `${elapsed} ${format(args)}`)
  }
  return {
    time: (...args: unknown[]) => {
      const name = labelOf(args)
      if (starts[name] === undefined) starts[name] = now()
      else warn(`Label '${name}' already exists for console.time()`)
    },
    timeLog: (...args: unknown[]) => report('timeLog', labelOf(args), withoutFirst(args)),
    timeEnd: (...args: unknown[]) => {
      const name = labelOf(args)
      report('timeEnd', name, [])
      starts[name] = undefined
    },
  }
}

export interface ConsoleOptions {
  groupIndentation?: number
  inspectOptions?: object
}

const createGroups = (log: Write, width: number) => {
  let step = ''
  for (let index = 0; index < width; index++) step += ' '
  let indent = ''
  const open = (args: unknown[]) => {
    if (args.length > 0) apply(log, undefined, args)
    indent += step
  }
  return {
    indented: (text: string) => indentLines(text, indent),
    methods: {
      group: (...args: unknown[]) => open(args),
      groupCollapsed: (...args: unknown[]) => open(args),
      groupEnd: () => {
        indent = slice(indent, width)
      },
    },
  }
}

/** Called by V8 for a debugger; nobody debugs a run. */
const createIdle = () => ({ clear: () => {}, profile: () => {}, profileEnd: () => {}, timeStamp: () => {} })

const createTrace = ({ write, format }: Channel) => ({
  trace: (...args: unknown[]) => {
    const trace = bare({ stack: '' })
    captureStackTrace(trace)
    const frames = slice(trace.stack, indexOf(trace.stack, '\n    at '))
    write('error', `Trace${args.length === 0 ? '' : `: ${format(args)}`}${frames}`)
  },
})

const createLines = ({ write, format }: Channel) => ({
  debug: (...args: unknown[]) => write('debug', format(args)),
  log: (...args: unknown[]) => write('log', format(args)),
  info: (...args: unknown[]) => write('info', format(args)),
  warn: (...args: unknown[]) => write('warn', format(args)),
  error: (...args: unknown[]) => write('error', format(args)),
  dirxml: (...args: unknown[]) => write('log', format(args)),
  assert: (...args: unknown[]) => {
    if (args[0]) return
    const first = args[1]
    const isText = typeof first === 'string'
    args[0] = 'Assertion failed'
    if (isText) args[1] = `Assertion failed: ${first}`
    write('warn', format(isText ? withoutFirst(args) : args))
  },
})

export const createConsole = (output: Output, services: ConsoleServices, options: ConsoleOptions = {}) => {
  const { groupIndentation = 2, inspectOptions } = options
  const channel: Channel = {
    write: (level, text) => output.write(level, groups.indented(text)),
    format: (args) => formatAll(args, inspectOptions),
    warn: services.warn,
  }
  const lines = createLines(channel)
  const groups = createGroups(lines.log, groupIndentation)
  const methods = {
    ...lines,
    ...groups.methods,
    ...createCounters(channel),
    ...createStopwatches(channel),
    ...createIdle(),
    dir: (...args: unknown[]) => {
      const whole = { customInspect: false, ...inspectOptions, ...(args[1] as object) }
      channel.write('log', inspectValue(args[0], whole))
    },
    table: (...args: unknown[]) => {
      const text = services.drawTable(args[0], args[1])
      if (text === undefined) lines.log(args[0])
      else channel.write('log', text)
    },
    ...createTrace(channel),
  }
  return defineProperty(methods, Symbol.toStringTag, bare({ value: 'console', configurable: true })) as typeof methods
}
