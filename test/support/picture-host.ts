/** The place a tenant keeps its logo at. */
import { type HttpsHost, startHttpsHost } from './https-host.ts'

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

export interface PictureHost extends HttpsHost {
  /** Paths that were asked for, with what they were asked by. */
  asked: { path: string; referer: string | undefined }[]
}

export const startPictureHost = async (host = 'cdn.acme.example'): Promise<PictureHost> => {
  const asked: PictureHost['asked'] = []
  const site = await startHttpsHost(host, (request, response) => {
    const [path = ''] = (request.url ?? '').split('?')
    asked.push({ path, referer: request.headers.referer })
    const picture = pictures[path]
    response.statusCode = picture === undefined ? 404 : 200
    response.setHeader('content-type', 'image/svg+xml').end(picture ?? '')
  })
  return { ...site, asked }
}
