// axios=axios-0
// axios=axios-1
const axios = require('axios')

const errorOf = ({ name, code, message, isAxiosError, response }) => [
  ...[name, code, message, isAxiosError],
  response && [response.status, response.statusText, response.data, response.headers['content-type']],
]

const operations = {
  async 'posts JSON with headers and parameters'({ ORIGIN }) {
    const answer = await axios.post(
      `${ORIGIN}/echo`,
      { a: 1, list: ['ü'] },
      { params: { q: 'x y', n: [1, 2] }, headers: { Authorization: 'Bearer t' } },
    )
    return [answer.status, answer.statusText, answer.data, answer.config.method, answer.headers['content-type']]
  },
  async 'posts a form, and keeps an instance with defaults'({ ORIGIN }) {
    const client = axios.create({
      baseURL: ORIGIN,
      timeout: 5_000,
      headers: { 'X-Api-Key': 'k' },
      auth: { username: 'u', password: 'p' },
    })
    client.interceptors.request.use((config) => ({ ...config, params: { via: 'interceptor' } }))
    client.interceptors.response.use(({ data }) => data)
    return [
      await client.post('/echo', new URLSearchParams({ grant_type: 'x', b: 'ä' })),
      await client({ url: '/text', responseType: 'text' }),
    ]
  },
  async 'throws an AxiosError for a status beyond 2xx'({ ORIGIN }) {
    return errorOf(await axios.get(`${ORIGIN}/status?code=404`).catch((error) => error))
  },
  async 'says ECONNABORTED after its timeout'({ ORIGIN }) {
    return errorOf(await axios.get(`${ORIGIN}/slow`, { timeout: 100 }).catch((error) => error))
  },
  async 'says ECONNREFUSED where nobody listens'({ NOBODY }) {
    return errorOf(await axios.get(NOBODY).catch((error) => error))
  },
  async 'tries again by its own means'({ ORIGIN }) {
    for (let attempt = 1; ; attempt++) {
      try {
        return [attempt, (await axios.get(`${ORIGIN}/flaky`)).data]
      } catch (error) {
        if (attempt === 4 || error.response?.status !== 503) throw error
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
    }
  },
  async 'gives up by an AbortSignal'({ ORIGIN }) {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 100)
    const error = await axios.get(`${ORIGIN}/slow`, { signal: controller.signal }).catch((thrown) => thrown)
    return [...errorOf(error), axios.isCancel(error)]
  },
  async 'reads bytes, packed answers, redirects and validateStatus'({ ORIGIN }) {
    const bytes = await axios.get(`${ORIGIN}/bytes`, { responseType: 'arraybuffer' })
    const packed = await axios.get(`${ORIGIN}/gzip`)
    const redirected = await axios.get(`${ORIGIN}/redirect`)
    const missing = await axios.get(`${ORIGIN}/status?code=418`, { validateStatus: () => true })
    const left = await axios.get(`${ORIGIN}/redirect`, { maxRedirects: 0, validateStatus: (status) => status === 302 })
    return [bytes.data, packed.data, redirected.data, missing.status, left.headers.location]
  },
}

exports.onExecutePostChallenge = async ({ secrets }) => console.log(await operations[secrets.OPERATION](secrets))
