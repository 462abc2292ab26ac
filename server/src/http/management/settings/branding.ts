/** `/branding`: colours, logo, icon and font of the tenant's pages and mails. */
import { problem } from '../../../errors.ts'
import type { Branding } from '../../../tenants/branding.ts'
import type { EditTenant } from '../../../tenants/edit-tenant.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { type BrandingPatch, editBranding } from './branding-schema.ts'
import { patchInner, patchSettings } from './patch-settings.ts'

export type BrandingDeps = { editTenant: EditTenant }

export const patchBranding = (stored: Branding, { colors, font, ...addresses }: BrandingPatch): Branding =>
  patchSettings(stored, {
    ...addresses,
    colors: patchInner(stored.colors, colors),
    font: patchInner(stored.font, font),
  })

export const brandingRoutes =
  ({ editTenant }: BrandingDeps) =>
  async (app: Api) => {
    const readOptions = {
      config: { scopes: ['read:branding'] },
      schema: { summary: 'How pages and mails look', response: { 200: editBranding } },
    }
    app.get('/branding', readOptions, async ({ tenant }) => tenant.branding)

    const editOptions = {
      config: { scopes: ['update:branding'] },
      schema: { summary: 'Changes how pages and mails look', body: editBranding, response: { 200: editBranding } },
    }
    app.patch('/branding', editOptions, async ({ tenant, body }) => {
      const edited = await editTenant(tenant.name, ({ branding }) => ({ branding: patchBranding(branding, body) }))
      if (typeof edited !== 'object') throw problem('ERR_TENANT_UNKNOWN')
      return edited.branding
    })
  }
