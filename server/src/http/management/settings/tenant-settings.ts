/** `/tenants/settings`: the tenant's name, help, languages and way on, and what is only kept for the vendor's clients. */
import { z } from 'zod'
import { problem } from '../../../errors.ts'
import type { EditSettings } from '../../../tenants/edit-settings.ts'
import type { KeptSettings, KeptSettingsStore } from '../../../tenants/kept-settings.ts'
import { enabledLocalesOf } from '../../../tenants/locales.ts'
import type { Tenant } from '../../../tenants/tenant.ts'
import type { Api } from '../../plugins/zod-schemas.ts'
import { fieldsQuery, selectFields } from '../paging.ts'
import { patchBranding } from './branding.ts'
import { patchSettings } from './patch-settings.ts'
import { editSettings as body, patchKept, settings, splitPatch } from './settings-schema.ts'

export type SettingsDeps = { editSettings: EditSettings; keptSettings: Pick<KeptSettingsStore, 'find'> }

/** In the order of their names, like the vendor's. */
const toSettingsAnswer = (tenant: Tenant, kept: KeptSettings) => {
  const { reset_mfa, allow_same_channel, egress_hosts, mail_templates, ...own } = tenant.settings
  const { colors } = tenant.branding
  const answer = {
    allowed_logout_urls: [],
    flags: {},
    ...kept,
    ...own,
    enabled_locales: enabledLocalesOf(tenant),
    ...(colors && { universal_login: { colors } }),
  }
  return Object.fromEntries(Object.entries(answer).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

export const tenantSettingsRoutes =
  ({ editSettings, keptSettings }: SettingsDeps) =>
  async (app: Api) => {
    const readOptions = {
      config: { scopes: ['read:tenant_settings'] },
      schema: {
        summary: 'Name, help, languages, and what is kept',
        querystring: z.strictObject(fieldsQuery),
        response: { 200: settings },
      },
    }
    app.get('/tenants/settings', readOptions, async ({ tenant, query }) =>
      selectFields(toSettingsAnswer(tenant, await keptSettings.find(tenant.name, 'tenant')), query),
    )

    const editOptions = {
      config: { scopes: ['update:tenant_settings'] },
      schema: { summary: 'Changes some of them', body, response: { 200: settings } },
    }
    app.patch('/tenants/settings', editOptions, async ({ tenant, body: patch }) => {
      const { counting, kept: keptPatch, colours } = splitPatch(patch)
      const edited = await editSettings(tenant.name, {
        subject: 'tenant',
        change: ({ tenant: stored, kept }) => ({
          patch: {
            settings: patchSettings(stored.settings, counting),
            branding: patchBranding(stored.branding, { colors: colours }),
          },
          kept: patchKept(kept, keptPatch),
        }),
      })
      if (!edited) throw problem('ERR_TENANT_UNKNOWN')
      return toSettingsAnswer(edited.tenant, edited.kept)
    })
  }
