// auth0=auth0-7
const { ManagementClient, ManagementError } = require('auth0')

/** The tests' server speaks HTTP. */
const through = (origin) => (url, init) => fetch(String(url).replace('https://tenant.example', origin), init)
const manage = ({ ORIGIN, API_KEY }) =>
  new ManagementClient({ domain: 'tenant.example', clientId: 'id', clientSecret: API_KEY, fetch: through(ORIGIN) })

const operations = {
  async 'reads a user with a token it has asked for'(secrets) {
    return manage(secrets).users.get('auth0|ada')
  },
  async 'changes a user with a token it was given'({ ORIGIN }) {
    const client = new ManagementClient({ domain: 'tenant.example', token: 'given', fetch: through(ORIGIN) })
    return client.users.update('auth0|ada', { app_metadata: { seen: true } })
  },
  async 'walks through pages of users'(secrets) {
    const found = []
    for await (const user of await manage(secrets).users.list({ per_page: 2, include_totals: true }))
      found.push(user.user_id)
    return found
  },
  async 'throws a ManagementError for a user who is not there'(secrets) {
    const error = await manage(secrets)
      .users.get('nobody')
      .catch((thrown) => thrown)
    return [error instanceof ManagementError, error.name, error.statusCode, error.message, error.body]
  },
}

exports.onExecutePostChallenge = async ({ secrets }) => console.log(await operations[secrets.OPERATION](secrets))
