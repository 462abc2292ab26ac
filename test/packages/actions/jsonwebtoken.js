// jsonwebtoken
const jwt = require('jsonwebtoken')

const refusal = (work) => {
  try {
    return work()
  } catch ({ name, message, expiredAt }) {
    return [name, message, expiredAt]
  }
}

const operations = {
  async 'signs and verifies HS256'({ SIGNING_SECRET }) {
    const token = jwt.sign({ sub: 'ada', iat: 1_700_000_000 }, SIGNING_SECRET, {
      issuer: 'me',
      audience: ['a', 'b'],
      expiresIn: '100y',
      keyid: 'k',
      noTimestamp: true,
    })
    return [
      token.length,
      jwt.verify(token, SIGNING_SECRET, { algorithms: ['HS256'], audience: 'b' }).sub,
      jwt.decode(token, { complete: true }).header,
    ]
  },
  async 'signs and verifies RS256'({ PRIVATE_KEY, PUBLIC_KEY }) {
    const token = jwt.sign({ sub: 'ada', iat: 1_700_000_000 }, PRIVATE_KEY, { algorithm: 'RS256' })
    return [token, jwt.verify(token, PUBLIC_KEY), refusal(() => jwt.verify(token, 'secret'))]
  },
  async 'throws its own classes of errors'({ SIGNING_SECRET: secret }) {
    const token = jwt.sign({ iat: 1, exp: 2 }, secret)
    const early = jwt.sign({ nbf: 4_000_000_000 }, secret, { noTimestamp: true })
    return [
      refusal(() => jwt.verify(token, secret)),
      refusal(() => jwt.verify(early, secret)),
      refusal(() => jwt.verify(token, 'other')),
      refusal(() => jwt.verify('nonsense', secret)),
      refusal(() => jwt.verify(token, secret, { algorithms: ['RS256'] })),
      refusal(() => jwt.sign({ a: 1 }, '')),
      refusal(() => jwt.sign('text', secret, { expiresIn: 5 })),
      refusal(() => jwt.verify(token, secret)) instanceof Error,
    ]
  },
  async 'calls back'({ SIGNING_SECRET: secret }) {
    const token = await new Promise((resolve, reject) =>
      jwt.sign({ iat: 1 }, secret, {}, (error, made) => (error ? reject(error) : resolve(made))),
    )
    return new Promise((resolve) =>
      jwt.verify(
        token,
        (header, done) => done(null, secret),
        (error, claims) => resolve([error, claims]),
      ),
    )
  },
}

exports.onExecutePostChallenge = async ({ secrets }) => console.log(await operations[secrets.OPERATION](secrets))
