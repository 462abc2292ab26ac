/** What the outside world offers the core. Adapters implement these; tests replace the clock and the random source only. */
import type { Socket } from 'node:net'

export interface Clock {
  /** Unix time in milliseconds. */
  now(): number
}

export interface Random {
  /** URL-safe text of `bytes` random bytes. */
  token(bytes: number): string
  /** `length` letters and digits, for ids in the vendor's base62 form. */
  base62(length: number): string
  /** Decimal digits, each equally likely. */
  digits(length: number): string
  uuid(): string
}

export interface Mail {
  to: string
  subject: string
  text: string
  html: string
  /** RFC 5322 mailbox; counts where the tenant's own mail server sends. */
  from?: string
  /** What the operator's server sends in its place, as the words are the tenant's own; absent where it may send them. */
  byOperator?: Mail
}

/** Delivers mail outside of the request. Resolves when the mail was handed over; rejects when it could not be. */
export interface Mailer {
  send(tenant: string, mail: Mail): Promise<void>
}

export interface ReachedHost {
  socket: Socket
  /** `opened`: the address is one that only the operator's ranges allow. */
  reach: 'public' | 'opened'
}

/** Connects to a host that a tenant has named. Rejects where its address may not be reached. */
export type ConnectSocket = (host: string, port: number, signal: AbortSignal) => Promise<ReachedHost>

export interface PhoneMessage {
  to: string
  via: 'sms' | 'voice'
  text: string
  /** Which of its ways the gateway should take, as the tenant has chosen. */
  provider?: string
}

export interface PhoneSender {
  send(tenant: string, message: PhoneMessage): Promise<void>
}

/** Structured operational log. Never given a ticket, code, token, secret or password. */
export interface Logger {
  info(facts: Record<string, unknown>, text: string): void
  warn(facts: Record<string, unknown>, text: string): void
  error(facts: Record<string, unknown>, text: string): void
}

/** Runs work after the answer has been sent; a failure is logged under `name`, and `close` waits for what is under way. */
export interface Background {
  run(name: string, work: () => Promise<void>): void
}
