/** The site an action sends people to. */
import { type HttpsHost, startHttpsHost } from './https-host.ts'

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')

/** Two ways back: a link, and a form that posts an answer. */
const page = (back: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>My app</title><link rel="icon" href="data:,"></head>
<body>
<main data-page="outside">
<h1>My app</h1>
<p><a href="${escaped(back)}">Back by a link</a></p>
<form method="post" action="${escaped(back)}">
<input type="hidden" name="verdict" value="posted">
<button>Back by a form</button>
</form>
</main>
</body>
</html>`

interface Settings {
  host: string
  /** Where its visitors go back to, with the `state` they came with. */
  returnTo: string
}

export const startOutsidePage = ({ host, returnTo }: Settings): Promise<HttpsHost> =>
  startHttpsHost(host, (request, response) => {
    const { searchParams } = new URL(request.url ?? '/', `https://${host}`)
    const back = `${returnTo}?${new URLSearchParams({ state: searchParams.get('state') ?? '' })}`
    response.setHeader('content-type', 'text/html; charset=utf-8').end(page(back))
  })
