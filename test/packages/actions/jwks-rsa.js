// jwks-rsa
const jwksClient = require('jwks-rsa')

const operations = {
  async 'fetches a signing key'({ ORIGIN }) {
    const key = await jwksClient({ jwksUri: `${ORIGIN}/jwks.json`, cache: true, rateLimit: true }).getSigningKey(
      'key-1',
    )
    return [key.kid, key.alg, key.getPublicKey()]
  },
  async 'throws for a key that is not there, and for a server that fails'({ ORIGIN }) {
    const told = (error) => [error.name, error.message.replace(ORIGIN, '')]
    const missing = await jwksClient({ jwksUri: `${ORIGIN}/jwks.json` })
      .getSigningKey('other')
      .catch(told)
    const failed = await jwksClient({ jwksUri: `${ORIGIN}/status?code=500` })
      .getSigningKey('key-1')
      .catch(told)
    return [missing, failed]
  },
}

exports.onExecutePostChallenge = async ({ secrets }) => console.log(await operations[secrets.OPERATION](secrets))
