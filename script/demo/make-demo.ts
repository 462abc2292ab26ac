/** Fills a new tenant through the operator's and the tenant's own APIs; nothing here is possible only for the demo. */

import { type DemoRecord, readRecord, writeRecord } from './demo-record.ts'
import { createDemoUser } from './demo-user.ts'
import { type JsonApi, jsonApi, RefusedRequest } from './json-api.ts'
import { deploySeedActions } from './seed-actions.ts'
import { domain, operatorToken, origin, scheme } from './settings.ts'

const tenant = 'demo'
const factors = ['otp', 'email', 'sms', 'webauthn-roaming', 'webauthn-platform', 'recovery-code']

type ManagementClient = DemoRecord['managementClient']

/** The management API as that client sees it. */
export const managementApi = async (client: ManagementClient): Promise<JsonApi> => {
  const { access_token } = await jsonApi(origin).post<{ access_token: string }>('/oauth/token', {
    grant_type: 'client_credentials',
    ...client,
    audience: `${origin}/api/v2/`,
  })
  return jsonApi(`${origin}/api/v2`, access_token)
}

const fill = async (managementClient: ManagementClient): Promise<DemoRecord> => {
  const management = await managementApi(managementClient)
  const { client_id } = await management.post<{ client_id: string }>('/clients', { name: 'Demo app' })
  for (const factor of factors) await management.put(`/guardian/factors/${factor}`, { enabled: true })
  const user = await createDemoUser(management)
  await deploySeedActions(management)
  return { origin, tenant, managementClient, clientId: client_id, user }
}

interface Address {
  domain: string
  scheme: string
}

const findTenant = async (operator: JsonApi): Promise<Address | undefined> => {
  try {
    return await operator.get<Address>(`/tenants/${tenant}`)
  } catch (error) {
    if (error instanceof RefusedRequest && error.status === 404) return undefined
    throw error
  }
}

const create = async (operator: JsonApi): Promise<DemoRecord> => {
  const { management_client } = await operator.post<{ management_client: ManagementClient }>('/tenants', {
    name: tenant,
    domain,
    scheme,
  })
  try {
    // Whoever tries a template sees it in the outbox.
    await operator.patch(`/tenants/${tenant}`, { mail_templates: 'any-server' })
    const record = await fill(management_client)
    writeRecord(record)
    return record
  } catch (error) {
    // Half a demo would look like a whole one at the next start.
    await operator.remove(`/tenants/${tenant}`)
    throw error
  }
}

/**
 * Makes the demo when its tenant does not exist yet, and moves it to the address of this start: links and requests name it.
 * `undefined`: the tenant is there, and not from this script.
 */
export const findOrMakeDemo = async (): Promise<DemoRecord | undefined> => {
  const operator = jsonApi(`${origin}/operator/v1`, operatorToken())
  const found = await findTenant(operator)
  if (!found) return create(operator)
  const record = readRecord()
  const hasMoved = found.domain !== domain || found.scheme !== scheme
  if (record && hasMoved) await operator.patch(`/tenants/${tenant}`, { domain, scheme })
  if (record && record.origin !== origin) writeRecord({ ...record, origin })
  return record
}
