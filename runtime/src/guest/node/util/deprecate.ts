import { emitWarning } from '../emit-warning.ts'
import { sibling } from '../siblings.ts'
import { requireString } from '../validate.ts'

type Callable = (...args: unknown[]) => unknown

const warnedCodes = new Set<string>()

interface Notice {
  text: string
  code: string | undefined
}

const createWarning = ({ text, code }: Notice) => {
  let hasWarned = false
  return () => {
    if (hasWarned || (sibling('process') as { noDeprecation?: boolean } | undefined)?.noDeprecation) return
    hasWarned = true
    if (code !== undefined) {
      if (warnedCodes.has(code)) return
      warnedCodes.add(code)
    }
    const details = { name: 'DeprecationWarning', ...(code !== undefined && { code }) }
    emitWarning(Object.assign(new Error(text), details))
  }
}

/** `original`, which warns at its first call: once for each code. */
export const deprecate = (
  original: Callable,
  notice: Notice,
  options: { modifyPrototype?: boolean } = {},
): Callable => {
  if (notice.code !== undefined) requireString(notice.code, 'code')
  const warn = createWarning(notice)
  const deprecated = function (this: unknown, ...args: unknown[]) {
    warn()
    return new.target ? Reflect.construct(original, args, new.target) : Reflect.apply(original, this, args)
  }
  Object.defineProperty(deprecated, 'name', { value: 'deprecated', configurable: true })
  if (options.modifyPrototype === false) return deprecated
  Object.setPrototypeOf(deprecated, original)
  if (original.prototype) deprecated.prototype = original.prototype
  return Object.defineProperty(deprecated, 'length', { value: original.length, configurable: true })
}
