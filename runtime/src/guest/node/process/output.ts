/** `process.stdout` and `process.stderr`: what is written becomes lines of the run's log, once they are complete. */
import { surroundings } from '../../surroundings.ts'
import { decodeUtf8 } from '../../utf8-bytes.ts'
import { sibling } from '../siblings.ts'

interface Written {
  write(chunk: unknown, encoding: string, done: () => void): void
  decodeStrings: false
}

interface Stream {
  Writable: new (options: Written) => object
  Readable: { from(chunks: Iterable<unknown>): object }
}

const streamModule = () => sibling('stream') as Stream

const openOutput = (fd: number, level: 'log' | 'error'): object => {
  let begun = ''
  const speak = (text: string) => {
    const lines = (begun + text).split('\n')
    begun = lines.pop() ?? ''
    for (const line of lines) surroundings.write(level, line)
  }
  surroundings.lastWords(() => {
    if (begun !== '') surroundings.write(level, begun)
    begun = ''
  })
  const output = new (streamModule().Writable)({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      speak(typeof chunk === 'string' ? chunk : decodeUtf8(chunk as Uint8Array))
      done()
    },
  })
  return Object.assign(output, { fd, isTTY: false, _type: 'fs', _isStdio: true })
}

/** Nobody writes to it: it has ended. */
const openInput = (): object => Object.assign(streamModule().Readable.from([]), { fd: 0, isTTY: false })

/** Made when they are asked for: a stream is more than most actions need. */
export const createStandardStreams = (): object => {
  const opened = new Map<string, object>()
  const stream = (name: string, open: () => object) => ({
    get: () => {
      const known = opened.get(name) ?? open()
      opened.set(name, known)
      return known
    },
    enumerable: true,
    configurable: true,
  })
  return Object.defineProperties(
    {},
    {
      stdin: stream('stdin', openInput),
      stdout: stream('stdout', () => openOutput(1, 'log')),
      stderr: stream('stderr', () => openOutput(2, 'error')),
    },
  )
}
