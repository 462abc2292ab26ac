/** What a reset was begun in, and on whose behalf: its pages and mails name the one and look like the other. */
export interface ResetOrigin {
  clientId?: string
  organizationId?: string
  /** Its name, where the link is still to be asked for. */
  connection?: string
  /** The first that was asked for. */
  language?: string
}

/** Of a ticket or a transaction. */
export const resetOriginOf = ({
  clientId,
  organizationId,
  connection,
  uiLocales: [language],
}: {
  clientId?: string
  organizationId?: string
  connection?: string
  uiLocales: readonly string[]
}): ResetOrigin => ({
  // A tenant may have no application at all.
  ...(clientId && { clientId }),
  ...(organizationId !== undefined && { organizationId }),
  ...(connection !== undefined && { connection }),
  ...(language !== undefined && { language }),
})
