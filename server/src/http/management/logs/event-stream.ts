/** One open `/logs/stream`: entries as they are read from the store, and console lines between them. */
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { type ConsoleNews, linesIn } from '../../../logs/console-news.ts'
import type { LogStore } from '../../../logs/log-store.ts'
import type { Logger } from '../../../ports.ts'
import type { Tenant } from '../../../tenants/tenant.ts'
import type { TenantStore } from '../../../tenants/tenant-store.ts'
import { toConsoleAnswer } from './to-console.ts'
import { toLogAnswer } from './to-log.ts'

export interface EntrySource {
  logs: Pick<LogStore, 'after'>
  tenants: Pick<TenantStore, 'find'>
  logger: Pick<Logger, 'error'>
}

const mostWaitingBytes = 1_048_576
/** Of lines less: the entries behind them are what must not be missed. */
const mostWaitingConsoleBytes = 262_144
const atOnce = 100

const toEvent = (event: string, data: object, id?: string): string =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`

const toConsoleEvent = (tenant: string, news: ConsoleNews): string =>
  news.type === 'printed'
    ? toEvent('console', toConsoleAnswer(tenant, news.line))
    : toEvent('console-dropped', { tenant, lines: news.lines })

export class LogStream {
  readonly #deps: EntrySource
  readonly #tenant: Pick<Tenant, 'name' | 'createdAt'>
  readonly #raw: ServerResponse
  #last: string | undefined
  /** Lines that came while too much waited. */
  #missedLines = 0
  #isReading = false
  #isDue = false

  constructor(
    deps: EntrySource,
    raw: ServerResponse,
    from: { tenant: Pick<Tenant, 'name' | 'createdAt'>; last: string | undefined },
  ) {
    this.#deps = deps
    this.#raw = raw
    this.#tenant = from.tenant
    this.#last = from.last
    raw.on('drain', () => this.#tellMissed())
  }

  /** Sends what is new; asked again meanwhile, it looks once more. */
  read(): void {
    this.#isDue = true
    if (this.#isReading) return
    this.#isReading = true
    this.#readOn()
      .catch((error: unknown) => {
        this.#deps.logger.error({ error, tenant: this.#tenant.name }, 'a live log was ended')
        this.#raw.destroy()
      })
      .finally(() => {
        this.#isReading = false
      })
  }

  async #readOn(): Promise<void> {
    while (this.#isDue && !this.#raw.destroyed) {
      this.#isDue = false
      const entries = await this.#deps.logs.after(this.#tenant.name, this.#last, atOnce)
      // After the entries, which may be those of another tenant by now.
      if (!(await this.#isThere())) return void this.#raw.end()
      for (const entry of entries) this.#write(toEvent('log', toLogAnswer(entry), entry.id))
      this.#last = entries.at(-1)?.id ?? this.#last
      if (entries.length === atOnce) this.#isDue = true
      if (this.#raw.writableNeedDrain) await Promise.race([once(this.#raw, 'drain'), once(this.#raw, 'close')])
    }
  }

  /** A tenant that was taken away may have given its name to a new one. */
  async #isThere(): Promise<boolean> {
    const found = await this.#deps.tenants.find(this.#tenant.name)
    return found?.createdAt === this.#tenant.createdAt
  }

  print(news: readonly ConsoleNews[]): void {
    for (const one of news) {
      if (this.#raw.writableLength > mostWaitingConsoleBytes) this.#missedLines += linesIn([one])
      else {
        this.#tellMissed()
        this.#write(toConsoleEvent(this.#tenant.name, one))
      }
    }
  }

  #tellMissed(): void {
    const missed = this.#missedLines
    if (missed > 0) this.#write(toConsoleEvent(this.#tenant.name, { type: 'dropped', lines: missed }))
    this.#missedLines = 0
  }

  beat(): void {
    this.#write(': \n\n')
    this.read()
  }

  #write(text: string): void {
    // It may be closing, and its last bytes be read slowly.
    if (this.#raw.writableEnded) return
    if (this.#raw.writableLength > mostWaitingBytes) this.#raw.destroy()
    else this.#raw.write(text)
  }
}
