import { z } from 'zod'
import type { Client } from '../../../clients/client.ts'
import { notFound } from '../../wire-problem.ts'
import { createMethods, editMethods, shownMethods, toMethodsAnswer } from './authentication-methods.ts'
import { keptFields, shownFields, writtenFields } from './kept-fields.ts'

const name = z
  .string()
  .min(1)
  .max(255)
  .refine((text) => !/[<>]/.test(text), "The name must not hold '<' or '>'")
  .describe('Name of this client')
const metadataValue = z.string().max(255)
const metadataKey = z.string().min(1).max(255)
const initiateLoginUri = z
  .url({ protocol: /^https?$/ })
  .max(2_048)
  .or(z.literal(''))
  .describe('Where a user goes on after a reset')

export const appTypes = [
  'native',
  'spa',
  'regular_web',
  'non_interactive',
  'resource_server',
  'express_configuration',
  ...['rms', 'box', 'cloudbees', 'concur', 'dropbox', 'mscrm', 'echosign', 'egnyte', 'newrelic', 'office365'],
  ...['salesforce', 'sentry', 'sharepoint', 'slack', 'springcm', 'zendesk', 'zoom', 'sso_integration', 'oag'],
] as const
const appType = z.enum(appTypes).describe('No reset begins by itself in a non_interactive one')
const authMethod = z.enum(['none', 'client_secret_post', 'client_secret_basic'])
const grantTypes = z.array(z.string().min(1).max(255)).max(100)

const common = {
  ...writtenFields,
  initiate_login_uri: initiateLoginUri.nullish(),
  app_type: appType.nullish(),
  is_first_party: z.boolean().optional(),
  token_endpoint_auth_method: authMethod.nullish().describe('none: its secret opens nothing'),
  grant_types: grantTypes.optional().describe('A token needs client_credentials among them'),
}

export const createClient = z.strictObject({
  ...common,
  client_authentication_methods: createMethods,
  name,
  client_metadata: z.record(metadataKey, metadataValue).default({}),
})

export const editClient = z.strictObject({
  ...common,
  client_authentication_methods: editMethods,
  name: name.optional(),
  client_metadata: z.record(metadataKey, metadataValue.nullable()).optional(),
})
export type EditClientBody = z.infer<typeof editClient>

export const client = z
  .object({
    ...shownFields,
    client_id: z.string(),
    name: z.string(),
    client_metadata: z.record(z.string(), z.string()),
    initiate_login_uri: z.string().optional(),
    app_type: z.string().optional(),
    is_first_party: z.boolean(),
    token_endpoint_auth_method: authMethod.optional(),
    client_authentication_methods: shownMethods.optional(),
    grant_types: grantTypes.optional(),
    global: z.boolean(),
  })
  .meta({ id: 'Client' })
export const newClient = client
  .extend({ client_secret: z.string().optional().describe('Shown this once') })
  .meta({ id: 'NewClient' })

export const unknownClient = () => notFound('The client does not exist', 'inexistent_client')

/** Stored by a version that knew other fields, perhaps. */
const shownKept = z.object(keptFields).partial()

export const toClientAnswer = (stored: Client): z.infer<typeof client> => ({
  ...shownKept.parse(stored.kept),
  client_id: stored.clientId,
  name: stored.name,
  client_metadata: stored.metadata,
  ...(stored.initiateLoginUri !== undefined && { initiate_login_uri: stored.initiateLoginUri }),
  ...(stored.appType !== undefined && { app_type: stored.appType }),
  is_first_party: stored.isFirstParty,
  ...(stored.authMethod !== undefined && { token_endpoint_auth_method: stored.authMethod }),
  ...(stored.assertionCredentials && { client_authentication_methods: toMethodsAnswer(stored.assertionCredentials) }),
  ...(stored.grantTypes !== undefined && { grant_types: stored.grantTypes }),
  global: false,
})
