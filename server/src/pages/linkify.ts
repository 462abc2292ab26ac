/** Splits a text at its web addresses, so that a template can make links of them. */
export interface TextPart {
  text: string
  url?: string
}

export const linkify = (text: string): TextPart[] =>
  text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .filter((part) => part !== '')
    .map((part) => (/^https?:\/\//.test(part) ? { text: part, url: part } : { text: part }))
