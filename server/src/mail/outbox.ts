/** Development: keeps in memory what would have been sent. */
import type { Clock, Mail, Mailer, PhoneMessage, PhoneSender } from '../ports.ts'

export type OutboxMessage = { id: number; tenant: string; at: string } & (
  | ({ kind: 'mail' } & Mail)
  | ({ kind: 'phone' } & PhoneMessage)
)

export interface Outbox {
  mailer: Mailer
  phone: PhoneSender
  /** Newest first. */
  list(): readonly OutboxMessage[]
}

const kept = 200

export const createOutbox = (clock: Clock): Outbox => {
  const messages: OutboxMessage[] = []
  let count = 0
  const stamp = (tenant: string) => ({ id: ++count, tenant, at: new Date(clock.now()).toISOString() })
  const keep = (message: OutboxMessage): void => {
    messages.unshift(message)
    messages.length = Math.min(messages.length, kept)
  }
  return {
    mailer: { send: async (tenant, mail) => keep({ ...stamp(tenant), kind: 'mail', ...mail }) },
    phone: { send: async (tenant, message) => keep({ ...stamp(tenant), kind: 'phone', ...message }) },
    list: () => messages,
  }
}
