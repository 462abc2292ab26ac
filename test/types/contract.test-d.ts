/** What an action may not do, as its author's compiler sees it. Each line below an expectation must be an error. */
import type {
  FactorSelector,
  PasswordResetPostChallengeAPI,
  PasswordResetPostChallengeEvent,
  PasswordResetPostChallengeHandler,
  PasswordResetPostChallengeModule,
} from '@interlock/sdk-types'

declare const api: PasswordResetPostChallengeAPI
declare const event: PasswordResetPostChallengeEvent

// @ts-expect-error a reason is text
api.access.deny(404)
// @ts-expect-error a command returns nothing to chain on
api.access.deny('no').access

// @ts-expect-error there is no such factor
api.authentication.challengeWith({ type: 'carrier-pigeon' })
// @ts-expect-error a phone has three ways to be reached
api.authentication.challengeWith({ type: 'phone', options: { preferredMethod: 'fax' } })
// @ts-expect-error a list is expected
api.authentication.challengeWithAny({ type: 'otp' })

// @ts-expect-error the cache holds text
api.cache.set('key', { any: 'object' })
// @ts-expect-error a record may be absent
api.cache.get('key').value
// @ts-expect-error a write may have failed
api.cache.set('key', 'value').record

// @ts-expect-error a token is signed with a secret
api.redirect.encodeToken({ payload: {} })
// @ts-expect-error an address may be absent
event.user.email.length
// @ts-expect-error a secret may be absent
event.secrets.NAME.length
// @ts-expect-error there is no such part
api.user.setAppMetadata('a', 1)

// @ts-expect-error a handler is asynchronous
const synchronous: PasswordResetPostChallengeHandler = () => {}

// @ts-expect-error the first handler is required
const empty: PasswordResetPostChallengeModule = {}

const every: FactorSelector[] = event.user.enrolledFactors.map(({ type }) => ({ type }))

export { empty, every, synchronous }
