import { formatAll } from '../../formatter.ts'
import { surroundings } from '../../surroundings.ts'
import { sibling } from '../siblings.ts'

interface Logger {
  (...args: unknown[]): void
  readonly enabled: boolean
}

interface Process {
  env?: Record<string, string | undefined>
  pid?: number
}

const processOf = () => sibling<Process>('process') ?? {}

/** `NODE_DEBUG` as Node reads it: names by commas, `*` for any letters. Actions may set it themselves. */
const isEnabled = (section: string): boolean => {
  const wanted = processOf().env?.NODE_DEBUG
  if (!wanted) return false
  const pattern = wanted
    .replace(/[|\\{}()[\]^$+?.]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll(',', '$|^')
  return new RegExp(`^${pattern}$`, 'i').test(section)
}

export const debugLog = (set: string, onFirst?: (logger: unknown) => void): Logger => {
  const section = `${set}`.toUpperCase()
  let enabled: boolean | undefined
  const test = () => {
    enabled ??= isEnabled(section)
    return enabled
  }
  const write = (...args: unknown[]) => {
    if (test()) surroundings.write('error', `${section} ${processOf().pid ?? 0}: ${formatAll(args)}`)
  }
  let isFirst = true
  const logger = (...args: unknown[]) => {
    if (isFirst && typeof onFirst === 'function') {
      isFirst = false
      onFirst(Object.defineProperty(write, 'enabled', { get: test, configurable: true, enumerable: true }))
    }
    write(...args)
  }
  return Object.defineProperty(logger, 'enabled', {
    get: test,
    configurable: true,
    enumerable: true,
  }) as unknown as Logger
}
