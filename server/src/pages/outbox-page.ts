/** The development outbox as a page. */
import type { OutboxMessage } from '../mail/outbox.ts'
import { renderTemplate } from './engine.ts'
import { linkify } from './linkify.ts'
import { languageOf } from './text/text.ts'

const kinds = { mail: 'Mail', sms: 'Text message', voice: 'Call' }

export const renderOutbox = (messages: readonly OutboxMessage[]): string =>
  renderTemplate('outbox', {
    language: languageOf('en'),
    messages: messages.map((message) => ({
      tenant: message.tenant,
      at: message.at,
      to: message.to,
      kind: message.kind === 'mail' ? kinds.mail : kinds[message.via],
      subject: message.kind === 'mail' ? message.subject : '',
      html: message.kind === 'mail' ? message.html : '',
      parts: linkify(message.text.trimEnd()).map(({ text, url = '' }) => ({ text, url })),
    })),
  })
