/** Sends a view: a page, or the browser on its way. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { brandedFor } from '../../branding/organization-brand.ts'
import type { ResetOrigin } from '../../branding/reset-origin.ts'
import type { ClientStore } from '../../clients/client.ts'
import type { OrganizationStore } from '../../organizations/organization.ts'
import type { PageContext } from '../../pages/page-context.ts'
import type { RenderPage } from '../../pages/render.ts'
import type { EnrollView } from '../../steps/enroll-view.ts'
import type { View } from '../../steps/view.ts'
import type { Tenant } from '../../tenants/tenant.ts'
import { contentSecurityPolicy, policyHeader } from '../plugins/headers.ts'
import type { WordsOf } from './page-words.ts'

interface Deps {
  renderPage: RenderPage
  wordsOf: WordsOf
  clients: Pick<ClientStore, 'find'>
  organizations: Pick<OrganizationStore, 'find'>
}

/** A page that belongs to no reset looks like the tenant alone. */
interface Page {
  view: View | EnrollView
  origin?: ResetOrigin
}
export type Show = (request: FastifyRequest, reply: FastifyReply, page: Page) => Promise<FastifyReply>

/** What the page is to be told of where its reset began. */
const contextOf = async (
  { clients, organizations }: Deps,
  tenant: Tenant,
  origin: ResetOrigin,
): Promise<Pick<PageContext, 'origin' | 'clientName' | 'organization'>> => {
  const { clientId, organizationId } = origin
  const [client, organization] = await Promise.all([
    clientId === undefined ? undefined : clients.find(tenant.name, clientId),
    organizationId === undefined ? undefined : organizations.find(tenant.name, organizationId),
  ])
  return { origin, ...(client && { clientName: client.name }), ...(organization && { organization }) }
}

export const show =
  (deps: Deps): Show =>
  async (request, reply, { view, origin = {} }) => {
    if (view.page === 'redirect') return reply.redirect(view.url, 303)
    const { tenant } = request
    const [words, context] = await Promise.all([deps.wordsOf(request), contextOf(deps, tenant, origin)])
    const { status, html } = deps.renderPage(view, { tenant, csrfToken: reply.generateCsrf(), ...words, ...context })
    return reply
      .code(status)
      .header(policyHeader, contentSecurityPolicy(brandedFor(tenant, context.organization)))
      .type('text/html; charset=utf-8')
      .send(html)
  }

/** Every form answers with a redirect to the page of the step: reloading it never sends the form again. */
export const stepPath = '/u/reset-password/step'
export const toStep = (reply: FastifyReply): FastifyReply => reply.redirect(stepPath, 303)
