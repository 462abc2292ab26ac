import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiApp, openApiApp } from '../../../support/api-app.ts'

let app: ApiApp
beforeAll(async () => {
  app = await openApiApp()
})
afterAll(() => app.close())

test('discovery names, for each tenant, what is there: each address answers', async () => {
  for (const tenant of [await app.createTenant(), await app.createTenant()]) {
    const origin = `http://${tenant.host}`
    const { status, body } = await tenant.open('GET', '/.well-known/openid-configuration')
    expect(status).toBe(200)
    expect(body).toEqual({
      issuer: `${origin}/`,
      token_endpoint: `${origin}/oauth/token`,
      jwks_uri: `${origin}/.well-known/jwks.json`,
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['RS256', 'RS384', 'PS256'],
    })
    const pathOf = (url: string) => url.slice(origin.length)
    expect((await tenant.open('GET', pathOf(body.jwks_uri))).body).toEqual({ keys: [] })
    const form = { grant_type: 'client_credentials', ...tenant.client, audience: `${origin}/api/v2/` }
    expect((await tenant.open('POST', pathOf(body.token_endpoint), { body: form })).status).toBe(200)
  }
})

test('where no tenant is, nothing is to be discovered', async () => {
  const { open } = await app.createTenant()
  for (const path of ['/.well-known/openid-configuration', '/.well-known/jwks.json']) {
    const answer = await open('GET', path, { headers: { host: 'nobody.example' } })
    expect(answer).toMatchObject({ status: 404, body: { error: 'invalid_request' } })
  }
})

test('parameters that discovery does not know are ignored, as OAuth wants it', async () => {
  const { open } = await app.createTenant()
  expect((await open('GET', '/.well-known/openid-configuration?surplus=1')).status).toBe(200)
})
