// node-fetch=node-fetch-3
const load = () => import('node-fetch')

const operations = {
  async 'posts a form and reads the answer'({ ORIGIN }) {
    const { default: fetch, Headers } = await load()
    const response = await fetch(`${ORIGIN}/echo`, {
      method: 'POST',
      body: new URLSearchParams({ a: 'ü' }),
      headers: new Headers({ 'x-api-key': 'k' }),
    })
    return [response.status, response.headers.get('content-type'), await response.json()]
  },
  async 'reads text, bytes and packed answers'({ ORIGIN }) {
    const { default: fetch } = await load()
    const [text, bytes, packed] = await Promise.all(['/text', '/bytes', '/gzip'].map((path) => fetch(ORIGIN + path)))
    return [await text.text(), new Uint8Array(await bytes.arrayBuffer()), await packed.text()]
  },
  async 'throws a FetchError where nobody listens'({ NOBODY }) {
    const { default: fetch, FetchError } = await load()
    const error = await fetch(NOBODY).catch((thrown) => thrown)
    return [error.name, error.type, error.code, error.message, error instanceof FetchError]
  },
  async 'gives up by an AbortSignal'({ ORIGIN }) {
    const { default: fetch } = await load()
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 100)
    const error = await fetch(`${ORIGIN}/slow`, { signal: controller.signal }).catch((thrown) => thrown)
    return [error.name, error.message]
  },
}

exports.onExecutePostChallenge = async ({ secrets }) => console.log(await operations[secrets.OPERATION](secrets))
