/** Errors in the form that Node gives to those of the operating system. */
import { systemErrorName } from './system-errors.ts'

interface SystemError extends Error {
  errno: number
  code: string
  syscall: string
  address?: string | undefined
  port?: number
}

export const systemError = (errno: number, syscall: string, original?: string): SystemError => {
  const code = systemErrorName(errno)
  const error = new Error(original ? `${syscall} ${code} ${original}` : `${syscall} ${code}`)
  return Object.assign(error, { errno, code, syscall })
}

type Host = [address?: string, port?: number, additional?: string]

export const systemErrorWithHost = (errno: number, syscall: string, ...host: Host): SystemError => {
  const [address, port, additional] = host
  const code = systemErrorName(errno)
  const place = port && port > 0 ? ` ${address}:${port}` : address ? ` ${address}` : ''
  const local = additional ? ` - Local (${additional})` : ''
  const error = new Error(`${syscall} ${code}${place}${local}`)
  return Object.assign(error, { errno, code, syscall, address }, port ? { port } : {})
}
