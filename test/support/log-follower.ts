/** A tenant's live log, read event by event. */
import { request } from 'undici'

export interface Told {
  event: string
  id?: string
  data: Record<string, unknown>
}

export interface LogFollower {
  status: number
  /** The first one that fits, also among those that came before it was asked for. */
  next(fits: (told: Told) => boolean): Promise<Told>
  /** Resolves when the server has ended the stream. */
  ended(): Promise<void>
  leave(): void
}

interface Stream {
  port: number
  host: string
  /** Of the management API. */
  token: string
  lastEventId?: string
}

/** Comes after it: every entry. */
export const beforeAllEntries = `900${'0'.repeat(33)}`

const parse = (block: string): Told | undefined => {
  const lines = block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)])
  const fields: Record<string, string> = Object.fromEntries(lines)
  if (fields.event === undefined) return undefined
  return { event: fields.event, data: JSON.parse(fields.data ?? ''), ...(fields.id && { id: fields.id }) }
}

export const isEntry =
  (type: string) =>
  ({ event, data }: Told): boolean =>
    event === 'log' && data.type === type

export const followLog = async ({ port, host, token, lastEventId }: Stream): Promise<LogFollower> => {
  const controller = new AbortController()
  const { statusCode, body } = await request(`http://127.0.0.1:${port}/api/v2/logs/stream`, {
    headers: { host, authorization: `Bearer ${token}`, ...(lastEventId && { 'last-event-id': lastEventId }) },
    signal: controller.signal,
    bodyTimeout: 60_000,
  })
  const blocks = (async function* () {
    let text = ''
    for await (const chunk of body) {
      text += String(chunk)
      const whole = text.split('\n\n')
      text = whole.pop() ?? ''
      yield* whole
    }
  })()
  /** Heard, and not asked for yet: entries are written in turns, and may come after what was printed later. */
  const heard: Told[] = []
  return {
    status: statusCode,
    async next(fits) {
      for (;;) {
        const [found] = heard.splice(heard.findIndex(fits) >>> 0, 1)
        if (found) return found
        const { value, done } = await blocks.next()
        if (done) throw new Error('The stream has ended.')
        const told = parse(value)
        if (told) heard.push(told)
      }
    },
    async ended() {
      while (!(await blocks.next()).done);
    },
    leave: () => controller.abort(),
  }
}
