// openid-client
const client = require('openid-client')

const discover = ({ ORIGIN, API_KEY }) =>
  client.discovery(new URL(`${ORIGIN}/`), 'id', API_KEY, undefined, { execute: [client.allowInsecureRequests] })

const operations = {
  async 'discovers a provider and asks for a token'(secrets) {
    const config = await discover(secrets)
    const tokens = await client.clientCredentialsGrant(config, { scope: 'read' })
    return [
      config.serverMetadata().token_endpoint.replace(secrets.ORIGIN, ''),
      tokens.access_token,
      tokens.expiresIn() > 50,
      config.serverMetadata().supportsPKCE(),
    ]
  },
  async 'builds an address of authorization with PKCE'(secrets) {
    const verifier = 'v'.repeat(43)
    const challenge = await client.calculatePKCECodeChallenge(verifier)
    const url = client.buildAuthorizationUrl(await discover(secrets), {
      redirect_uri: 'https://a.example/cb',
      scope: 'openid',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    })
    return [
      url.pathname,
      [...url.searchParams],
      client.randomPKCECodeVerifier().length,
      client.randomState() === client.randomState(),
    ]
  },
  async 'throws a ResponseBodyError'(secrets) {
    const error = await client.refreshTokenGrant(await discover(secrets), 'refuse').catch((thrown) => thrown)
    return [error.name, error.code, error.error, error.status, error.error_description, error.message]
  },
}

exports.onExecutePostChallenge = async ({ secrets }) => console.log(await operations[secrets.OPERATION](secrets))
