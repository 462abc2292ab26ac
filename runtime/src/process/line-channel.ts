/**
 * Messages between server and sandbox process: one JSON value per line on a socket of their own. Node's built-in channel
 * would do the same, but reads a message of any size before anybody can refuse it; here the far side is not trusted.
 */
import type { Socket } from 'node:net'

export interface LineChannel {
  send(message: object): void
}

interface Options {
  /** Longest line that is accepted, in UTF-16 code units. */
  maximumLength: number
  /** Asked for each line before it is read. */
  admits?: (length: number) => boolean
  received: (message: unknown) => void
  /** Called once when a line is too long, not admitted, or no JSON. Nothing is received after that. */
  broken: (reason: string) => void
}

export const openLineChannel = (socket: Socket, options: Options): LineChannel => {
  const { maximumLength, admits = () => true, received, broken } = options
  let pending = ''
  let isBroken = false

  const give = (line: string) => {
    if (!admits(line.length)) return stop('a line too many')
    let message: unknown
    try {
      message = JSON.parse(line)
    } catch {
      return stop('a line is not JSON')
    }
    received(message)
  }

  const stop = (reason: string) => {
    isBroken = true
    socket.off('data', take)
    socket.resume()
    broken(reason)
  }

  const take = (chunk: string) => {
    const lines = chunk.split('\n')
    lines[0] = pending + lines[0]
    pending = lines.pop() ?? ''
    if (pending.length > maximumLength || lines.some((line) => line.length > maximumLength)) {
      return stop('a line is too long')
    }
    for (const line of lines) if (!isBroken) give(line)
  }

  socket.setEncoding('utf8')
  socket.on('data', take)
  return { send: (message) => void socket.write(`${JSON.stringify(message)}\n`) }
}
