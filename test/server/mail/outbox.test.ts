import { expect, test } from 'vitest'
import { createOutbox } from '../../../server/src/mail/outbox.ts'

const clock = { now: () => Date.UTC(2030, 0, 1) }
const mail = { to: 'ada@example.com', subject: 's', text: 't', html: '<p>t</p>' }

test('the newest message comes first', async () => {
  const outbox = createOutbox(clock)
  await outbox.mailer.send('one', mail)
  await outbox.phone.send('two', { to: '+491511234567', via: 'sms', text: 'hello' })
  expect(outbox.list()).toEqual([
    {
      id: 2,
      tenant: 'two',
      at: '2030-01-01T00:00:00.000Z',
      kind: 'phone',
      to: '+491511234567',
      via: 'sms',
      text: 'hello',
    },
    { id: 1, tenant: 'one', at: '2030-01-01T00:00:00.000Z', kind: 'mail', ...mail },
  ])
})

test('it keeps the last 200 messages', async () => {
  const outbox = createOutbox(clock)
  for (let index = 0; index < 205; index++) await outbox.mailer.send('one', mail)
  expect(outbox.list()).toHaveLength(200)
  expect(outbox.list()[0]?.id).toBe(205)
})
