/** Every page and mail under an address of its own, with the headers and files that the server sends with it. */
import Fastify, { type FastifyInstance } from 'fastify'
import { assetRoutes } from '../../server/src/http/assets.ts'
import { pageHeaders } from '../../server/src/http/plugins/headers.ts'
import { everyMail, outboxPages } from './every-mail.ts'
import { everyPage } from './every-page.ts'

export interface Gallery {
  urlOf(name: string): string
  close(): Promise<void>
}

export const pageNames: readonly string[] = [...everyPage.keys()]
/** Shown without the pages' policy: they are meant for mail programs, or for developers. */
export const otherNames: readonly string[] = [...outboxPages.keys(), ...everyMail.keys()]

const serve = (app: FastifyInstance, pages: ReadonlyMap<string, string>): void => {
  for (const [name, html] of pages) {
    app.get(`/${name}`, (_request, reply) => reply.type('text/html; charset=utf-8').send(html))
  }
}

const underThePolicy =
  (pages: ReadonlyMap<string, string>) =>
  async (app: FastifyInstance): Promise<void> => {
    await app.register(pageHeaders)
    serve(app, pages)
  }

export const openGallery = async (): Promise<Gallery> => {
  const app = Fastify()
  await app.register(assetRoutes())
  // Mails have no icon, and browsers ask for one.
  app.get('/favicon.ico', (_request, reply) => reply.code(204).send())
  await app.register(underThePolicy(everyPage))
  serve(app, new Map([...outboxPages, ...everyMail]))
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  return { urlOf: (name) => `http://localhost:${port}/${name}`, close: () => app.close() }
}
