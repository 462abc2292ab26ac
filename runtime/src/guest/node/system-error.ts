/** Errors of system calls in Node's form: `ENOENT: no such file or directory, open 'x'`. */
import { captureStackTrace } from '../primordials.ts'
import { errnoConstants } from './system-constants.ts'

const texts = {
  ENOENT: 'no such file or directory',
  EROFS: 'read-only file system',
  EBADF: 'bad file descriptor',
} as const

interface SystemCall {
  code: keyof typeof texts
  syscall: string
  path?: string
  dest?: string
}

export interface SystemError extends Error, SystemCall {
  errno: number
}

export const systemError = ({ code, syscall, path, dest }: SystemCall): SystemError => {
  const places = (path === undefined ? '' : ` '${path}'`) + (dest === undefined ? '' : ` -> '${dest}'`)
  const error = new Error(`${code}: ${texts[code]}, ${syscall}${places}`)
  captureStackTrace(error, systemError)
  return Object.assign(error, {
    errno: -(errnoConstants[code] as number),
    code,
    syscall,
    ...(path !== undefined && { path }),
    ...(dest !== undefined && { dest }),
  })
}
