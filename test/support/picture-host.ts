/** The place a tenant keeps its logo at: a server of its own, under a name and with a certificate of its own. */
import { once } from 'node:events'
import { createServer } from 'node:https'
import { generate } from 'selfsigned'

const svg = (inner: string, size: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${size}" width="${size.split(' ')[2]}" height="${size.split(' ')[3]}">${inner}</svg>`

/** A picture with a script in it: browsers never run it there, and the tests would hear of it if they did. */
const pictures: Readonly<Record<string, string>> = {
  '/logo.svg': svg(
    '<script>parent.document.title = "taken over"</script><path d="M4 36 20 4l16 32z" fill="#0b5d4e"/><text x="48" y="30" font-family="sans-serif" font-size="28" font-weight="700" fill="#14213d">acme</text>',
    '0 0 130 40',
  ),
  '/icon.svg': svg('<circle cx="16" cy="16" r="14" fill="#0b5d4e"/>', '0 0 32 32'),
}

export interface PictureHost {
  origin: string
  /** Leads the browser here. */
  resolverRule: string
  /** Paths that were asked for, with what they were asked by. */
  asked: { path: string; referer: string | undefined }[]
  stop(): Promise<void>
}

export const startPictureHost = async (host = 'cdn.acme.example'): Promise<PictureHost> => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: host }])
  const asked: PictureHost['asked'] = []
  const server = createServer({ key, cert }, (request, response) => {
    const [path = ''] = (request.url ?? '').split('?')
    asked.push({ path, referer: request.headers.referer })
    const picture = pictures[path]
    response.statusCode = picture === undefined ? 404 : 200
    response.setHeader('content-type', 'image/svg+xml').end(picture ?? '')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a numeric port.')
  return {
    origin: `https://${host}`,
    resolverRule: `MAP ${host} 127.0.0.1:${address.port}`,
    asked,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
