/** The address when it is one that a link may lead to: http or https, never `javascript:` or the like. */
export const webUrl = (text: string | undefined): string | undefined =>
  text !== undefined && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined
