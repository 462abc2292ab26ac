import { expect, test } from 'vitest'
import type { Subject } from '../../../server/src/factors/factor.ts'
import { tellOfSending } from '../../../server/src/factors/tell-of-sending.ts'
import type { LogEvent } from '../../../server/src/logs/log-entry.ts'
import { aTenant } from '../../support/database.ts'

const subject = { tenant: aTenant('acme'), user: { id: 'auth0|1', email: 'ada@example.com', connection: 'Users' } }

test.each([
  ['email', 'gd_send_email', 'fn'],
  ['sms', 'gd_send_sms', 'gd_send_sms_failure'],
  ['voice', 'gd_send_voice', 'gd_send_voice_failure'],
] as const)(
  'by %s: what was handed over is told as %s, what was not as %s, and the failure goes on',
  async (via, sent, lost) => {
    const told: LogEvent[] = []
    const deps = { tenantLog: { record: (_tenant: string, event: LogEvent) => void told.push(event) } }
    await tellOfSending(deps, subject as Subject, { via, sent: Promise.resolve() })
    const failing = Promise.reject(new Error('The gateway answered with status 503.'))
    await expect(tellOfSending(deps, subject as Subject, { via, sent: failing })).rejects.toThrow('503')
    expect(told).toMatchObject([
      { type: sent, userId: 'auth0|1', userName: 'ada@example.com' },
      { type: lost, userId: 'auth0|1' },
    ])
  },
)
