/** The event a handler is given: an everyday one, with what a test cares about put over it. */
import type { PasswordResetPostChallengeEvent } from '@interlock/sdk-types'

/** Secrets belong to an action, not to the facts: they are given where it is opened. */
export type TestEvent = Omit<PasswordResetPostChallengeEvent, 'secrets'>

/** Any part of the event. Objects are merged, arrays are replaced whole, and `undefined` takes a field away. */
export type EventPatch = PatchOf<TestEvent>
type PatchOf<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [Key in keyof T]?: PatchOf<T[Key]> | undefined }
    : T

/**
 * A user with a verified address has opened the link of a reset mail. Later patches go over earlier ones.
 *
 *     buildEvent({ user: { enrolledFactors: [{ type: 'otp' }] }, request: { ip: '198.51.100.7' } })
 */
export const buildEvent = (...patches: readonly EventPatch[]): TestEvent => patchEvent(everyday, ...patches)

/** A deep copy of `event` with the patches over it. */
export const patchEvent = (event: TestEvent, ...patches: readonly EventPatch[]): TestEvent =>
  patches.reduce<PlainObject>(merge, { ...structuredClone(event) }) as unknown as TestEvent

const everyday: TestEvent = {
  authentication: { methods: [{ name: 'email', timestamp: '2026-01-01T00:00:00.000Z' }] },
  authorization: { roles: [] },
  client: { client_id: 'client_1', name: 'Sample app', metadata: {} },
  configuration: {},
  connection: { id: 'con_1', name: 'Username-Password-Authentication', strategy: 'auth0', metadata: {} },
  request: {
    ip: '203.0.113.9',
    method: 'GET',
    hostname: 'login.example.com',
    language: 'en',
    user_agent: 'Mozilla/5.0',
    query: {},
    body: {},
    geoip: {},
  },
  stats: { logins_count: 1 },
  tenant: { id: 'sample' },
  transaction: { locale: 'en', ui_locales: [] },
  user: {
    user_id: 'auth0|ada',
    email: 'ada@example.com',
    email_verified: true,
    name: 'Ada Example',
    created_at: '2025-01-01T00:00:00.000Z',
    updated_at: '2025-01-01T00:00:00.000Z',
    app_metadata: {},
    user_metadata: {},
    identities: [
      { connection: 'Username-Password-Authentication', provider: 'auth0', user_id: 'ada', isSocial: false },
    ],
    enrolledFactors: [],
  },
}

type PlainObject = Record<string, unknown>

const isPlainObject = (value: unknown): value is PlainObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const merge = (base: PlainObject, patch: object): PlainObject => {
  const result = { ...base }
  for (const [key, value] of Object.entries(patch)) {
    const before = result[key]
    if (value === undefined) delete result[key]
    else result[key] = isPlainObject(before) && isPlainObject(value) ? merge(before, value) : value
  }
  return result
}
