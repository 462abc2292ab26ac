/** What `/prompts` takes: the vendor's prompts, and texts by screen and key. */
import { z } from 'zod'
import { isScreen, isTextPlace, promptOfPages } from '../../../pages/text/screens.ts'
import { locales } from '../../../tenants/locales.ts'

/** Prompts that are on no page of ours: their texts are kept and given back. */
const otherPrompts = [
  'login login-id login-password login-passwordless login-email-verification signup signup-id signup-password',
  'phone-identifier-enrollment phone-identifier-challenge email-identifier-challenge custom-form consent',
  'customized-consent logout mfa mfa-push mfa-otp mfa-voice mfa-phone mfa-webauthn mfa-sms mfa-email mfa-recovery-code',
  'status device-flow email-verification email-otp-challenge organizations invitation common passkeys captcha',
  'brute-force-protection async-approval-flow confirmation',
].flatMap((line) => line.split(' '))

export const byPlace = z.object({ prompt: z.enum([promptOfPages, ...otherPrompts]), language: z.enum(locales) })

export const editPrompts = z.strictObject({
  universal_login_experience: z.enum(['new', 'classic']).optional(),
  identifier_first: z.boolean().nullish(),
  webauthn_platform_first_factor: z.boolean().nullish(),
})

const longestText = 4_096
/** In characters as JSON: it is read for every page. */
const largest = 65_536

const name = z.string().regex(/^[A-Za-z][\w.-]{0,99}$/)

export const customTexts = z
  .record(name, z.record(name, z.string().max(longestText)))
  .refine(
    (texts) => JSON.stringify(texts).length <= largest,
    `Texts of a prompt may take ${largest} characters as JSON`,
  )

/** Where a text of our pages has no place: a slip in a name must not go unnoticed. */
export const misplacedTexts = (
  texts: z.infer<typeof customTexts>,
): { names: string[]; screen?: string } | undefined => {
  const unknown = Object.keys(texts).filter((screen) => !isScreen(screen))
  if (unknown.length > 0) return { names: unknown }
  return Object.entries(texts)
    .map(([screen, keys]) => ({
      screen,
      names: Object.keys(keys).filter((key) => isScreen(screen) && !isTextPlace(screen, key)),
    }))
    .find(({ names }) => names.length > 0)
}
