/** The site an action sends people to: a server of its own, under a name and with a certificate of its own. */
import { once } from 'node:events'
import { createServer } from 'node:https'
import { generate } from 'selfsigned'

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

export interface OutsidePage {
  origin: string
  /** Leads the browser here. */
  resolverRule: string
  stop(): Promise<void>
}

interface Settings {
  host: string
  /** Where its visitors go back to, with the `state` they came with. */
  returnTo: string
}

export const startOutsidePage = async ({ host, returnTo }: Settings): Promise<OutsidePage> => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: host }])
  const server = createServer({ key, cert }, (request, response) => {
    const { searchParams } = new URL(request.url ?? '/', `https://${host}`)
    const back = `${returnTo}?${new URLSearchParams({ state: searchParams.get('state') ?? '' })}`
    response.setHeader('content-type', 'text/html; charset=utf-8').end(page(back))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a numeric port.')
  return {
    origin: `https://${host}`,
    resolverRule: `MAP ${host} 127.0.0.1:${address.port}`,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
