/** Fails a call of `fs` as Node would on a file system that is empty and cannot be written to. */
import { invalidArgumentType, invalidArgumentValue } from '../../node-error.ts'
import { decodeUtf8 } from '../../utf8-bytes.ts'
import { systemError } from '../system-error.ts'
import type { FileCall } from './file-calls.ts'

const isUrl = (value: unknown): value is { pathname: string } =>
  typeof value === 'object' && value !== null && 'href' in value && 'protocol' in value

/** Text, bytes, or a `file:` URL. Throws Node's errors for anything else. */
const toPath = (value: unknown, name: string): string => {
  const given: unknown = isUrl(value) ? decodeURIComponent(value.pathname) : value
  const path = given instanceof Uint8Array ? decodeUtf8(given) : given
  if (typeof path !== 'string') throw invalidArgumentType(name, ['string', 'Buffer', 'URL'], value)
  if (path.includes('\0'))
    throw invalidArgumentValue(name, path, 'must be a string, Uint8Array, or URL without null bytes')
  return path
}

const pathNames = { 1: ['path'], 2: ['src', 'dest'] } as const

/** `open(path, 'w')`: what is to be made cannot be made. */
const isForWriting = (flags: unknown): boolean => typeof flags === 'string' && /[wax+]/.test(flags)

const flagsOf = (args: readonly unknown[]): unknown => {
  const [, second] = args
  return typeof second === 'object' && second !== null ? (second as { flag?: unknown }).flag : second
}

/** `rm(path, { force: true })` is content with what is not there. */
const isContent = ({ syscall }: FileCall, [, options]: readonly unknown[]): boolean =>
  syscall === 'rm' && (options as { force?: unknown } | undefined)?.force === true

/** Answers the error, or nothing where there is none. Throws for arguments that Node refuses. */
export const failureOf = (call: FileCall, args: readonly unknown[]): Error | undefined => {
  const { syscall, paths } = call
  const [first] = args
  if (paths === 0 && typeof first !== 'number') throw invalidArgumentType('fd', 'number', first)
  if (paths === 0 || (typeof first === 'number' && syscall === 'open')) {
    const onFile = call.code === 'EROFS' ? 'write' : 'fstat'
    return systemError({ code: 'EBADF', syscall: paths === 0 ? syscall : onFile })
  }
  const [path, dest] = pathNames[paths].map((name, index) => toPath(args[index], name))
  if (isContent(call, args)) return undefined
  const code = syscall === 'open' && isForWriting(flagsOf(args)) ? 'EROFS' : call.code
  return systemError({ code, syscall, ...(path !== undefined && { path }), ...(dest !== undefined && { dest }) })
}
