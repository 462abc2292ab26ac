/** `process.emitWarning`: a line of the run's log, and the event `warning`. */
import { invalidArgumentType } from '../../node-error.ts'
import { surroundings } from '../../surroundings.ts'

interface Warning extends Error {
  code?: string
  detail?: string
}

interface Options {
  type?: string
  code?: string
  detail?: string
}

const readOptions = (given: unknown, code: unknown): Options => {
  if (typeof given === 'object' && given !== null) return given as Options
  return { ...(typeof given === 'string' && { type: given }), ...(typeof code === 'string' && { code }) }
}

const toWarning = (given: unknown, { type = 'Warning', code, detail }: Options): Warning => {
  if (given instanceof Error) return given
  if (typeof given !== 'string') throw invalidArgumentType('warning', ['string', 'Error'], given)
  const warning: Warning = new Error(given)
  warning.name = type
  if (code !== undefined) warning.code = code
  if (detail !== undefined) warning.detail = detail
  return warning
}

const textOf = ({ name, message, code, detail }: Warning, pid: number): string => {
  const head = `(node:${pid}) ${code === undefined ? '' : `[${code}] `}${name}: ${message}`
  return typeof detail === 'string' ? `${head}\n${detail}` : head
}

interface Told {
  pid: number
  noDeprecation?: boolean
  emit(name: string, warning: Error): unknown
}

export const createEmitWarning =
  (told: () => Told) =>
  (given: unknown, type?: unknown, code?: unknown): void => {
    const process = told()
    const warning = toWarning(given, readOptions(type, code))
    if (warning.name === 'DeprecationWarning' && process.noDeprecation === true) return
    surroundings.nextTick(() => {
      surroundings.write('warn', textOf(warning, process.pid))
      process.emit('warning', warning)
    }, [])
  }
