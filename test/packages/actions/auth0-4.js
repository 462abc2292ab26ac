// auth0=auth0-4
const { ManagementClient, AuthenticationClient } = require('auth0')

/** The tests' server speaks HTTP. */
const through = (origin) => (url, init) => fetch(String(url).replace('https://tenant.example', origin), init)
const manage = ({ ORIGIN, API_KEY }) =>
  new ManagementClient({ domain: 'tenant.example', clientId: 'id', clientSecret: API_KEY, fetch: through(ORIGIN) })

const operations = {
  async 'reads a user with a token it has asked for'(secrets) {
    const { data, status, headers } = await manage(secrets).users.get({ id: 'auth0|ada' })
    return [data, status, headers.get('content-type')]
  },
  async 'asks for one token for several calls'(secrets) {
    const client = manage(secrets)
    await client.users.update({ id: 'auth0|ada' }, { app_metadata: { seen: true } })
    return (await client.users.getAll({ q: 'email:"a@b"', per_page: 2, include_totals: true })).data
  },
  async 'throws a ManagementApiError for a user who is not there'(secrets) {
    const error = await manage(secrets)
      .users.get({ id: 'nobody' })
      .catch((thrown) => thrown)
    return [error.name, error.statusCode, error.errorCode, error.message, error.body]
  },
  async 'tries again where it is asked to slow down'(secrets) {
    return (await manage(secrets).roles.get({ id: 'slow-down' })).data
  },
  async 'signs a user in through the AuthenticationClient'({ ORIGIN, API_KEY }) {
    const auth = new AuthenticationClient({
      domain: 'tenant.example',
      clientId: 'id',
      clientSecret: API_KEY,
      fetch: through(ORIGIN),
    })
    return (await auth.oauth.passwordGrant({ username: 'ada', password: 'p', scope: 'openid' })).data
  },
}

exports.onExecutePostChallenge = async ({ secrets }) => console.log(await operations[secrets.OPERATION](secrets))
