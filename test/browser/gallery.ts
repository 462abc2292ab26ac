/** Every page and mail under an address of its own, with the headers and files that the server sends with it. */
import Fastify, { type FastifyInstance } from 'fastify'
import { assetRoutes } from '../../server/src/http/assets.ts'
import { pageHeaders } from '../../server/src/http/plugins/headers.ts'
import type { Tenant } from '../../server/src/tenants/tenant.ts'
import { type BrandedPages, brands } from './brands.ts'
import { everyMail, outboxPages } from './every-mail.ts'
import { everyPage } from './every-page.ts'
import { ownWordPages } from './own-words.ts'

export interface Gallery {
  urlOf(name: string): string
  close(): Promise<void>
}

const pages: ReadonlyMap<string, string> = new Map([...everyPage, ...ownWordPages])

export const pageNames: readonly string[] = [...pages.keys()]
/** Shown without the pages' policy: they are meant for mail programs, or for developers. */
export const otherNames: readonly string[] = [...outboxPages.keys(), ...everyMail.keys()]
export const brandedNames: readonly string[] = brands.flatMap(({ pages, mails }) => [...pages.keys(), ...mails.keys()])

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

/** As `tenantByHost` does: pages of a tenant are sent with its sources. */
const ofTenant =
  ({ tenant, style, stylePath, pages }: BrandedPages) =>
  async (app: FastifyInstance): Promise<void> => {
    app.decorateRequest('tenant', null as unknown as Tenant)
    app.addHook('onRequest', async (request) => {
      request.tenant = tenant
    })
    await app.register(pageHeaders)
    app.get(stylePath, (_request, reply) => reply.type('text/css; charset=utf-8').send(style.css))
    serve(app, pages)
  }

export const openGallery = async (): Promise<Gallery> => {
  const app = Fastify()
  await app.register(assetRoutes())
  // Mails have no icon, and browsers ask for one.
  app.get('/favicon.ico', (_request, reply) => reply.code(204).send())
  await app.register(underThePolicy(pages))
  for (const brand of brands) await app.register(ofTenant(brand))
  serve(app, new Map([...outboxPages, ...everyMail, ...brands.flatMap(({ mails }) => [...mails])]))
  const { port } = new URL(await app.listen({ host: '127.0.0.1', port: 0 }))
  return { urlOf: (name) => `http://localhost:${port}/${name}`, close: () => app.close() }
}
