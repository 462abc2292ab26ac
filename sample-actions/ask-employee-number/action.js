/**
 * Asks for the employee number, and goes on only when it is the one in the user's `app_metadata`. After three wrong answers
 * within 15 minutes the user has to wait.
 */

const mostTries = 3
const waitMs = 15 * 60_000

/** A cache key has 64 bytes at most, and a user id may be longer: its end is what differs. @param {string} userId */
const keyOf = (userId) => `tries:${userId.slice(-48)}`

/** @type {PasswordResetPostChallengeAction} */
exports.onExecutePostChallenge = async (event, api) => {
  if (typeof event.user.app_metadata.employee_number !== 'string') {
    return api.access.deny('We have no employee number of yours. Please ask the service desk.')
  }
  const tries = Number(api.cache.get(keyOf(event.user.user_id))?.value ?? 0)
  if (tries >= mostTries) return api.access.deny('Too many wrong answers. Please try again later.')
  api.prompt.render('employee-number', { fields: { number: { label: 'Employee number', required: true } } })
}

/** @type {PasswordResetPostChallengeAction} */
exports.onContinuePostChallenge = async (event, api) => {
  const answer = String(event.prompt?.fields?.number ?? '').trim()
  if (answer === event.user.app_metadata.employee_number) return
  const key = keyOf(event.user.user_id)
  const tries = Number(api.cache.get(key)?.value ?? 0) + 1
  api.cache.set(key, String(tries), { ttl: waitMs })
  console.warn('wrong employee number, try', tries)
  api.access.deny('That is not your employee number.')
}
