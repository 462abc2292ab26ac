/** Names of hosts between Unicode and ASCII, by the one parser of URLs that there is. */
import { sibling } from '../siblings.ts'

interface Parsed {
  hostname: string
}

type Parser = new (text: string) => Parsed

const hostnameOf = (domain: string): string => {
  const { URL } = globalThis as unknown as { URL: Parser }
  try {
    return new URL(`ws://${domain}`).hostname
  } catch {
    return ''
  }
}

/** `''` where it is no name of a host. */
export const domainToAscii = (domain: string): string =>
  /^[\0-\x7f]*$/.test(domain) ? domain.toLowerCase() : hostnameOf(domain)

export const parsedDomain = hostnameOf

export const domainToUnicode = (domain: string): string => {
  const { toUnicode } = sibling('punycode') as { toUnicode(domain: string): string }
  return toUnicode(hostnameOf(domain))
}
