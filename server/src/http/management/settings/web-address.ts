/** Addresses that tenants give to browsers and mail programs. */
import { z } from 'zod'
import { isNameable } from '../../../branding/brand-address.ts'

const longest = 2_048

/** Browsers do not load from an address with a user's name in it, and whoever reads the page would learn it. */
const hasUser = (text: string): boolean => {
  const { username = '', password = '' } = URL.parse(text) ?? {}
  return username !== '' || password !== ''
}

/** What is no URL has been refused for that. */
const hasPlainHost = (text: string): boolean => {
  const url = URL.parse(text)
  return url === null || isNameable(url.hostname)
}

const isHttps = (text: string): boolean =>
  URL.parse(text)?.protocol === 'https:' && /^https:\/\/[^\s\p{Cc}]+$/iu.test(text)

/** The same for an address that people follow themselves. */
export const webOrEmpty = z
  .url({ protocol: /^https?$/ })
  .max(longest)
  .or(z.literal(''))

/** An absolute https address, or nothing at all: the vendor's clients clear an address with an empty text. */
export const httpsOrEmpty = z
  .string()
  .max(longest)
  .refine(
    (text) => text === '' || isHttps(text),
    "Object didn't pass validation for format absolute-https-uri-or-empty",
  )
  .refine((text) => !hasUser(text), 'The address must not hold a user name or password')
  .refine(hasPlainHost, 'The host may hold letters, digits, hyphens and dots only')
