/** `path.posix`, and `path` itself: actions run on Linux. */
import { sibling } from '../siblings.ts'
import { requireObject, requireString } from '../validate.ts'

export interface ParsedPath {
  root: string
  dir: string
  base: string
  ext: string
  name: string
}

const separator = '/'

export const workingDirectory = (): string => sibling<{ cwd?(): string }>('process')?.cwd?.() ?? '/'

/** Without `.` and empty parts; `..` takes the part before it, and stays at the beginning of what is relative. */
export const resolveParts = (parts: readonly string[], root: 'absolute' | 'relative'): string[] => {
  const resolved: string[] = []
  for (const part of parts) {
    if (part === '' || part === '.') continue
    if (part !== '..') resolved.push(part)
    else if (resolved.length > 0 && resolved.at(-1) !== '..') resolved.pop()
    else if (root === 'relative') resolved.push(part)
  }
  return resolved
}

/** `..`, and what begins with its only dot, have no extension. */
export const extensionOf = (base: string): string => {
  const at = base.lastIndexOf('.')
  return at <= 0 || base === '..' ? '' : base.slice(at)
}

/** As `path.format`: `dir` before `root`, `base` before `name` and `ext`. */
export const formatPath = (given: Partial<ParsedPath>, separator: string): string => {
  requireObject(given, 'pathObject')
  const dir = given.dir || given.root
  const ext = given.ext && !given.ext.startsWith('.') ? `.${given.ext}` : given.ext || ''
  const base = given.base || `${given.name || ''}${ext}`
  if (!dir) return base
  return dir === given.root ? `${dir}${base}` : `${dir}${separator}${base}`
}

const isAbsolute = (path: string) => path.startsWith(separator)

const withoutEndSlashes = (path: string) => path.replace(/(?<=.)\/+$/, '')

const lastPart = (path: string) => {
  const whole = path.replace(/\/+$/, '')
  return whole.slice(whole.lastIndexOf(separator) + 1)
}

const basename = (path: string, suffix: string | undefined): string => {
  const base = lastPart(path)
  if (!suffix || suffix.length > path.length) return base
  if (suffix === path) return ''
  if (base === '') return path
  // Node has seen no difference by then, and takes all that is left.
  if (base.length < suffix.length && suffix.endsWith(base))
    return path.slice(withoutEndSlashes(path).length - base.length)
  return base !== suffix && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base
}

const resolve = (paths: readonly unknown[]): string => {
  let resolved = ''
  for (let at = paths.length - 1; at >= -1 && !isAbsolute(resolved); at--) {
    const path = at === -1 ? workingDirectory() : paths[at]
    requireString(path, `paths[${at}]`)
    if (path !== '') resolved = `${path}${separator}${resolved}`
  }
  const parts = resolveParts(resolved.split(separator), isAbsolute(resolved) ? 'absolute' : 'relative')
  return isAbsolute(resolved) ? `/${parts.join(separator)}` : parts.join(separator) || '.'
}

const normalize = (path: string): string => {
  if (path === '') return '.'
  const parts = resolveParts(path.split(separator), isAbsolute(path) ? 'absolute' : 'relative').join(separator)
  const end = path.endsWith(separator) ? separator : ''
  if (parts === '') return isAbsolute(path) ? separator : `.${end}`
  return `${isAbsolute(path) ? separator : ''}${parts}${end}`
}

const relative = (from: string, to: string): string => {
  if (from === to) return ''
  const [left, right] = [from, to].map((path) => resolve([path]).split(separator).filter(Boolean)) as [
    string[],
    string[],
  ]
  const differs = left.findIndex((part, index) => part !== right[index])
  const shared = differs === -1 ? left.length : differs
  return [...left.slice(shared).map(() => '..'), ...right.slice(shared)].join(separator)
}

const dirname = (path: string): string => {
  if (path === '') return '.'
  const whole = withoutEndSlashes(path)
  const at = whole.lastIndexOf(separator)
  if (at === -1) return '.'
  if (at === 0) return separator
  return at === 1 && isAbsolute(path) ? '//' : whole.slice(0, at)
}

const parse = (path: string): ParsedPath => {
  const root = isAbsolute(path) ? separator : ''
  const base = lastPart(path)
  const ext = extensionOf(base)
  const start = path.replace(/\/+$/, '').length - base.length
  const dir = start > 0 && base !== '' ? path.slice(0, start - 1) : root
  return { root, dir: dir === '' ? root : dir, base, ext, name: base.slice(0, base.length - ext.length) }
}

export const posix = {
  resolve(...paths: unknown[]) {
    return resolve(paths)
  },
  normalize(path: unknown) {
    requireString(path, 'path')
    return normalize(path)
  },
  isAbsolute(path: unknown) {
    requireString(path, 'path')
    return isAbsolute(path)
  },
  join(...paths: unknown[]) {
    for (const path of paths) requireString(path, 'path')
    return normalize(paths.filter((path) => path !== '').join(separator))
  },
  relative(from: unknown, to: unknown) {
    requireString(from, 'from')
    requireString(to, 'to')
    return relative(from, to)
  },
  toNamespacedPath(path: unknown) {
    return path
  },
  dirname(path: unknown) {
    requireString(path, 'path')
    return dirname(path)
  },
  basename(path: unknown, suffix: unknown) {
    if (suffix !== undefined) requireString(suffix, 'suffix')
    requireString(path, 'path')
    return basename(path, suffix)
  },
  extname(path: unknown) {
    requireString(path, 'path')
    return extensionOf(lastPart(path))
  },
  format: Object.defineProperty((pathObject: Partial<ParsedPath>) => formatPath(pathObject, separator), 'name', {
    value: 'bound _format',
  }),
  parse(path: unknown) {
    requireString(path, 'path')
    return parse(path)
  },
  sep: separator,
  delimiter: ':',
}
