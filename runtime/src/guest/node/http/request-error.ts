/** What went wrong on the way, as Node's `http` would have told it: its `code` is what packages go by. */
import type { EgressAnswer } from '../../../bridge/egress.ts'
import { nodeError } from '../../node-error.ts'
import { errnoConstants } from '../system-constants.ts'

type Failed = Extract<EgressAnswer, { ok: false }>

export const hungUp = (text = 'socket hang up'): Error & { code: string } =>
  Object.assign(new Error(text), { code: 'ECONNRESET' })

/** Codes of the server's HTTP client that Node's `http` has other names for. */
const translated: Readonly<Record<string, { code: string; message: string }>> = {
  UND_ERR_SOCKET: { code: 'ECONNRESET', message: 'socket hang up' },
  UND_ERR_CONNECT_TIMEOUT: { code: 'ETIMEDOUT', message: 'connect ETIMEDOUT' },
  UND_ERR_HEADERS_TIMEOUT: { code: 'ETIMEDOUT', message: 'read ETIMEDOUT' },
  UND_ERR_BODY_TIMEOUT: { code: 'ETIMEDOUT', message: 'read ETIMEDOUT' },
}

/** libuv's own numbers of what a name server answers. */
const lookupErrno: Readonly<Record<string, number>> = { ENOTFOUND: -3008, EAI_AGAIN: -3001 }

/** `connect ECONNREFUSED 192.0.2.1:80`, `getaddrinfo ENOTFOUND host.example`. */
const systemCall = /^(\w+) (E[A-Z_]+)(?: (.+?)(?::(\d+))?)?$/

const detailsOf = (code: string, message: string): object => {
  const [, syscall, named, place, port] = systemCall.exec(message) ?? []
  const number = errnoConstants[code]
  const errno = number === undefined ? lookupErrno[code] : -number
  if (syscall === undefined || named !== code || errno === undefined) return {}
  if (syscall === 'getaddrinfo') return { errno, syscall, hostname: place }
  return { errno, syscall, ...(place !== undefined && { address: place }), ...(port && { port: Number(port) }) }
}

export const toRequestError = (failed: Failed): Error => {
  const { code, message } = translated[failed.code] ?? failed
  if (code.startsWith('ERR_')) return nodeError(Error, code, message)
  const { errno, ...details } = detailsOf(code, message) as { errno?: number }
  return Object.assign(new Error(message), errno === undefined ? {} : { errno }, { code }, details)
}
