import { expect, test } from 'vitest'
import { runBody } from './run-guest.ts'

const onContinue = { handler: 'onContinuePostChallenge' } as const

/** A call with an argument it cannot use, and what the author reads. */
const refusals: [call: string, error: string, message: string][] = [
  ['api.access.deny()', 'TypeError', 'access.deny: "reason" must be a string'],
  ['api.access.deny(404)', 'TypeError', 'access.deny: "reason" must be a string'],
  ['api.access.deny("x".repeat(2049))', 'TypeError', 'access.deny: "reason" must be at most 2048 characters'],
  [
    'api.authentication.challengeWith("otp")',
    'TypeError',
    'authentication.challengeWith: "factor" must be a factor such as { type: "otp" }',
  ],
  ['api.authentication.challengeWith({})', 'TypeError', 'authentication.challengeWith: "factor" has no type'],
  [
    'api.authentication.challengeWith({ type: "carrier-pigeon" })',
    'TypeError',
    'authentication.challengeWith: "factor" has the unknown type "carrier-pigeon"',
  ],
  [
    'api.authentication.challengeWith({ type: "constructor" })',
    'TypeError',
    'authentication.challengeWith: "factor" has the unknown type "constructor"',
  ],
  [
    'api.authentication.challengeWith({ type: "phone", options: { preferredMethod: "fax" } })',
    'TypeError',
    'authentication.challengeWith: "factor" has an unknown options.preferredMethod: use "sms", "voice" or "both"',
  ],
  [
    'api.authentication.challengeWith({ type: "push", options: { otpFallback: 1 } })',
    'TypeError',
    'authentication.challengeWith: "factor" has an options.otpFallback that is not a boolean',
  ],
  [
    'api.authentication.challengeWith({ type: "otp" }, { additionalFactors: { type: "email" } })',
    'TypeError',
    'authentication.challengeWith: "additionalFactors" must be an array of factors',
  ],
  [
    'api.authentication.challengeWith({ type: "otp" }, { additionalFactors: [{ type: "email" }, { type: "x" }] })',
    'TypeError',
    'authentication.challengeWith: "additionalFactors[1]" has the unknown type "x"',
  ],
  [
    'api.authentication.challengeWith({ type: "otp" }, true)',
    'TypeError',
    'authentication.challengeWith: "options" must be an object',
  ],
  [
    'api.authentication.challengeWithAny()',
    'TypeError',
    'authentication.challengeWithAny: "factors" must be an array of factors',
  ],
  [
    'api.authentication.challengeWithAny([])',
    'TypeError',
    'authentication.challengeWithAny: "factors" must have at least one factor',
  ],
  [
    'api.authentication.challengeWithAny(new Array(33).fill({ type: "otp" }))',
    'TypeError',
    'authentication.challengeWithAny: "factors" must have at most 32 factors',
  ],
  ['api.redirect.sendUserTo()', 'TypeError', 'Invalid URL'],
  ['api.redirect.sendUserTo("/verify")', 'TypeError', 'Invalid URL'],
  ['api.redirect.sendUserTo("https://")', 'TypeError', 'Invalid URL'],
  [
    'api.redirect.sendUserTo("javascript:alert(1)")',
    'TypeError',
    'redirect.sendUserTo: "url" must be an absolute http(s) URL',
  ],
  [
    'api.redirect.sendUserTo("data:text/html,hello")',
    'TypeError',
    'redirect.sendUserTo: "url" must be an absolute http(s) URL',
  ],
  [
    'api.redirect.sendUserTo("https://a.example/" + "x".repeat(9000))',
    'TypeError',
    'redirect.sendUserTo: "url" must be at most 8192 characters',
  ],
  [
    'api.redirect.sendUserTo("https://a.example", { query: { x: "é".repeat(2000) } })',
    'TypeError',
    'redirect.sendUserTo: "url" must be at most 8192 characters with its query',
  ],
  [
    'api.redirect.sendUserTo("https://a.example", { query: "a=b" })',
    'TypeError',
    'redirect.sendUserTo: "query" must be an object',
  ],
  [
    'api.transaction.setResultUrl("ftp://a.example")',
    'TypeError',
    'transaction.setResultUrl: "url" must be an absolute http(s) URL',
  ],
  ['api.transaction.setResultUrl("not a url")', 'TypeError', 'Invalid URL'],
  [
    'api.redirect.encodeToken({ payload: {} })',
    'TypeError',
    'redirect.encodeToken: "secret" must be a non-empty string',
  ],
  [
    'api.redirect.encodeToken({ secret: "s", payload: "x" })',
    'TypeError',
    'redirect.encodeToken: "payload" must be an object',
  ],
  [
    'api.redirect.encodeToken({ secret: "s", payload: {}, expiresInSeconds: -1 })',
    'TypeError',
    'redirect.encodeToken: "expiresInSeconds" must be a positive number',
  ],
  [
    'api.redirect.validateToken({ secret: "s" })',
    'Error',
    'redirect.validateToken: a token comes back with the user, so call it in onContinuePostChallenge',
  ],
  ['api.cache.get()', 'TypeError', 'cache.get: "key" must be a string'],
  ['api.cache.set("", "v")', 'TypeError', 'cache.set: "key" must be a non-empty string'],
  ['api.cache.set("k", { a: 1 })', 'TypeError', 'cache.set: "value" must be a string'],
  ['api.cache.delete(7)', 'TypeError', 'cache.delete: "key" must be a string'],
  ['api.prompt.render()', 'TypeError', 'prompt.render: "id" must be a non-empty string'],
  ['api.prompt.render("x".repeat(49))', 'TypeError', 'prompt.render: "id" must be at most 48 characters'],
  ['api.prompt.render("id", { fields: [] })', 'TypeError', 'prompt.render: "fields" must be an object'],
  ['api.prompt.render("id", { vars: "x" })', 'TypeError', 'prompt.render: "vars" must be an object'],
  [
    'api.prompt.render("id", { vars: { x: "é".repeat(12300) } })',
    'Error',
    'The total size of the prompt options exceeds the limit of 24576 bytes.',
  ],
]

test.each(refusals)('%s throws %s: %s', async (call, name, message) => {
  const end = await runBody(`${call}`)
  expect(end).toMatchObject({ ending: 'threw', error: { name, message }, commands: [] })
})

test('the author may catch what a call refuses, and go on', async () => {
  const end = await runBody(
    `try { api.redirect.sendUserTo('/relative') } catch (error) { api.access.deny(error.message) }`,
  )
  expect(end).toMatchObject({ ending: 'completed', commands: [{ type: 'access.deny', reason: 'Invalid URL' }] })
})

test('validateToken names the parameter it could not find', async () => {
  const end = await runBody(`api.redirect.validateToken({ secret: 's', tokenParameterName: 'my_token' })`, onContinue)
  expect(end.error?.message).toBe(
    "There is no parameter called 'my_token' available in either the POST body or query string.",
  )
})

test('validateToken looks for session_token when no name is given', async () => {
  const end = await runBody(`api.redirect.validateToken({ secret: 's', tokenParameterName: '' })`, onContinue)
  expect(end.error?.message).toContain("'session_token'")
})

test('every command returns undefined', async () => {
  const end = await runBody(`
    const returned = [
      api.access.deny('no'),
      api.authentication.challengeWith({ type: 'otp' }),
      api.authentication.challengeWithAny([{ type: 'otp' }]),
      api.redirect.sendUserTo('https://a.example'),
      api.transaction.setResultUrl('https://a.example'),
    ]
    console.log(returned.every((value) => value === undefined))`)
  expect(end.console).toEqual([{ level: 'log', text: 'true' }])
})
