// node-fetch=node-fetch-2
const fetch = require('node-fetch')

const operations = {
  async 'posts JSON and reads the answer'({ ORIGIN }) {
    const response = await fetch(`${ORIGIN}/echo?a=1`, {
      method: 'POST',
      body: JSON.stringify({ a: 1 }),
      headers: { 'Content-Type': 'application/json', 'x-api-key': 'k' },
    })
    return [
      response.status,
      response.ok,
      response.statusText,
      response.headers.get('content-type'),
      await response.json(),
    ]
  },
  async 'reads text, bytes and packed answers, and follows redirects'({ ORIGIN }) {
    const [text, bytes, packed, away] = await Promise.all(
      ['/text', '/bytes', '/gzip', '/redirect'].map((path) => fetch(ORIGIN + path)),
    )
    return [await text.text(), await bytes.buffer(), await packed.text(), away.redirected, await away.json()]
  },
  async 'throws a FetchError where nobody listens'({ NOBODY }) {
    const error = await fetch(NOBODY).catch((thrown) => thrown)
    return [error.name, error.type, error.code, error.errno, error.message, error instanceof fetch.FetchError]
  },
  async 'gives up after its timeout'({ ORIGIN }) {
    const error = await fetch(`${ORIGIN}/slow`, { timeout: 100 }).catch((thrown) => thrown)
    return [error.name, error.type, error.message.replace(ORIGIN, '')]
  },
}

exports.onExecutePostChallenge = async ({ secrets }) => console.log(await operations[secrets.OPERATION](secrets))
