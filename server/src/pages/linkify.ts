/**
 * Splits a text at its web addresses, so that a template can make links of them. What ends a sentence is no part of one: a
 * link with it would be dead.
 */
export interface TextPart {
  text: string
  url?: string
}

export const linkify = (text: string): TextPart[] =>
  text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,:;!?'()[\]])/)
    .filter((part) => part !== '')
    .map((part) => (/^https?:\/\//.test(part) ? { text: part, url: part } : { text: part }))
