/** The body of `PATCH /tenants/settings`, and how it becomes what counts here and what is only kept. */
import { z } from 'zod'
import type { KeptSettings } from '../../../tenants/kept-settings.ts'
import { locales } from '../../../tenants/locales.ts'
import { invalidBody } from '../../wire-problem.ts'
import { colours } from './branding-schema.ts'
import { inMinutes, keptSettings } from './kept-schema.ts'
import { patchInner, patchSettings } from './patch-settings.ts'
import { httpsOrEmpty, webOrEmpty } from './web-address.ts'

const countingSettings = {
  friendly_name: z.string().max(100).nullish().describe('What pages and mails call the tenant'),
  picture_url: httpsOrEmpty.nullish().describe('Shown where the branding has no logo'),
  support_email: z.email().max(254).or(z.literal('')).nullish(),
  support_url: webOrEmpty.nullish(),
  enabled_locales: z.array(z.enum(locales)).min(1).max(100).optional().describe('The first one is the default'),
  default_redirection_uri: httpsOrEmpty.nullish().describe('Where a user goes on after a reset that says nothing else'),
}

const universalLogin = {
  universal_login: z.strictObject({ colors: colours.nullish() }).nullish().describe('The same as colors of /branding'),
}

export const settings = z.object({ ...countingSettings, ...universalLogin, ...keptSettings }).partial()

export const editSettings = z.strictObject({
  ...countingSettings,
  ...universalLogin,
  ...keptSettings,
  ...inMinutes,
})
export type SettingsPatch = z.infer<typeof editSettings>

const minutesPerHour = 60

const toHours = (patch: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(patch).map(([name, value]) => {
      if (!Object.hasOwn(inMinutes, name)) return [name, value]
      const inHours = name.replace(/_in_minutes$/, '')
      if (patch[inHours] !== undefined) throw invalidBody(`${name} cannot be given together with ${inHours}`, name)
      return [inHours, typeof value === 'number' ? value / minutesPerHour : value]
    }),
  )

/** What counts, what is only kept, and the colours, each on its own. */
export const splitPatch = ({ universal_login, ...patch }: SettingsPatch) => {
  const entries = Object.entries(toHours(patch))
  const part = (which: 'counting' | 'kept') =>
    Object.fromEntries(entries.filter(([name]) => Object.hasOwn(countingSettings, name) === (which === 'counting')))
  return {
    counting: part('counting') as Pick<SettingsPatch, keyof typeof countingSettings>,
    kept: part('kept'),
    colours: universal_login?.colors,
  }
}

/** Flags are settings of their own: those that are not named stay. */
export const patchKept = (stored: KeptSettings, patch: KeptSettings): KeptSettings =>
  patchSettings(stored, {
    ...patch,
    ...(patch.flags !== undefined && { flags: patchInner(stored.flags as object, patch.flags as object) }),
  })
