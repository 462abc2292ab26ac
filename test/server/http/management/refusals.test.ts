/** What the vendor's clients read in refusals: status, code and text as they stand, whether a program compares them or a person. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ApiApp, type ApiTenant, type Json, openApiApp } from '../../../support/api-app.ts'

const trigger = 'password-reset-post-challenge'
const bindings = `/actions/triggers/${trigger}/bindings`
const nobody = '00000000-0000-4000-8000-000000000000'
const source = 'exports.onExecutePostChallenge = async () => {}'

let app: ApiApp
let tenant: ApiTenant
/** By what they are: drafts that are not built, not deployed, and bound. */
let ids: { broken: string; draft: string; bound: string }

const create = async (name: string, over: object = {}): Promise<string> => {
  const body = { name, supported_triggers: [{ id: trigger }], code: source, ...over }
  return (await tenant.call('POST', '/actions/actions', { body })).body.id
}

beforeAll(async () => {
  app = await openApiApp()
  tenant = await app.createTenant()
  ids = {
    broken: await create('broken', { code: 'exports.onExecutePostChallenge = async ( => {}' }),
    draft: await create('draft'),
    bound: await create('bound', { deploy: true }),
  }
  await tenant.call('PATCH', bindings, { body: { bindings: [{ ref: { type: 'action_name', value: 'bound' } }] } })
})
afterAll(() => app.close())

const reasons: Record<number, string> = { 400: 'Bad Request', 404: 'Not Found', 409: 'Conflict' }

const refused = async (
  [method, path, body]: [string, string, Json?],
  { status, message, errorCode }: { status: number; message: string; errorCode?: string },
) => {
  const answer = await tenant.call(method, path, body === undefined ? {} : { body })
  expect(answer.status).toBe(status)
  expect(answer.body).toEqual({
    statusCode: status,
    error: reasons[status],
    message,
    ...(errorCode !== undefined && { errorCode }),
  })
}

describe('what is not there', () => {
  test.each([
    ['/actions/actions/nothing', 'That action does not exist.', undefined],
    [`/actions/actions/${nobody}`, 'That action does not exist.', undefined],
    ['/actions/executions/nothing', 'That execution does not exist.', undefined],
    ['/users/auth0%7Cnobody', 'The user does not exist.', 'inexistent_user'],
    ['/clients/nobody', 'The client does not exist', 'inexistent_client'],
    ['/connections/con_nothing', 'The connection does not exist', 'inexistent_connection'],
    ['/organizations/org_nothing', 'No organization found by that id or name', undefined],
    ['/organizations/name/nothing', 'No organization found by that id or name', undefined],
    ['/emails/provider', 'There is not a configured email provider', 'inexistent_email_provider'],
    ['/email-templates/reset_email', 'The template does not exist.', 'inexistent_email_template'],
  ])('%s: %s', (path, message, errorCode) =>
    refused(['GET', path], { status: 404, message, ...(errorCode && { errorCode }) }),
  )
})

describe('actions', () => {
  test('a draft that is not built cannot be deployed: the deploy tool waits on these words', async () => {
    const { status, body } = await tenant.call('POST', `/actions/actions/${ids.broken}/deploy`)
    expect(status).toBe(400)
    expect(body.message.split(' | caused by: ')[0]).toBe(
      "A draft must be in the 'built' state before it can be deployed.",
    )
    expect(body).not.toHaveProperty('errorCode')
  })

  test('one that was never deployed cannot be bound', () =>
    refused(['PATCH', bindings, { bindings: [{ ref: { type: 'action_id', value: ids.draft } }] }], {
      status: 400,
      message: `Trying to create a binding for an action that has not been deployed: ${ids.draft}.`,
    }))

  test('a bound one cannot be deleted', () =>
    refused(['DELETE', `/actions/actions/${ids.bound}`], {
      status: 409,
      message: 'Unable to delete an action bound to a trigger.',
    }))

  test('the name of a secret has a length', async () => {
    const why = 'invalid NameValueOptional.Name: value length must be between 1 and 128 runes, inclusive'
    for (const name of ['', 'x'.repeat(129), '🔑'.repeat(129)])
      await refused(['PATCH', `/actions/actions/${ids.draft}`, { secrets: [{ name, value: 'x' }] }], {
        status: 400,
        message: `Payload validation error: '${why}' on property secrets[0].name.`,
        errorCode: 'invalid_body',
      })
  })

  test('the form that bindings had once is told from the one they have', () =>
    refused(['PATCH', bindings, { bindings: [{ id_type: 'action_id', id_value: ids.bound }] }], {
      status: 400,
      message: "Payload validation error: 'Data does not match any schemas from 'oneOf'' on property bindings[0].",
      errorCode: 'invalid_body',
    }))
})

describe('what is not as it must be', () => {
  test.each<[string, [string, string, Json?], string, string]>([
    [
      'a property that is missing',
      ['POST', '/clients', {}],
      'invalid_body',
      "Payload validation error: 'Missing required property: name' (Name of this client).",
    ],
    [
      'one of another type',
      ['POST', '/clients', { name: 7 }],
      'invalid_body',
      "Payload validation error: 'Expected type string but found type number' on property name (Name of this client).",
    ],
    [
      'one that is not known',
      ['POST', '/clients', { name: 'Shop', colour: 'red' }],
      'invalid_body',
      "Payload validation error: 'Additional properties not allowed: colour'.",
    ],
    [
      'a parameter that is not known',
      ['GET', '/actions/actions?include_totals=true'],
      'invalid_uri',
      "Query validation error: 'Additional properties not allowed: include_totals'.",
    ],
    [
      'one at a request that takes none',
      ['GET', '/actions/triggers?page=0'],
      'invalid_uri',
      "Query validation error: 'Additional properties not allowed: page'.",
    ],
    [
      'a word in a path',
      ['PUT', '/guardian/factors/telepathy', { enabled: true }],
      'invalid_uri',
      expect.stringMatching(/^Path validation error: 'No enum match: expected .*' on property name/),
    ],
  ])('%s', (_, request, errorCode, message) => refused(request, { status: 400, message, errorCode }))
})
