import type { ResetOrigin } from '../branding/reset-origin.ts'

export const requestPath = '/u/reset-password/request'

/** Where a user asks for another link, begun in the same and on the same behalf. */
export const requestPathFrom = ({ clientId, organizationId, connection }: ResetOrigin): string => {
  const query = new URLSearchParams({
    ...(connection !== undefined && { connection }),
    ...(clientId !== undefined && { client_id: clientId }),
    ...(organizationId !== undefined && { organization: organizationId }),
  })
  return query.size > 0 ? `${requestPath}?${query}` : requestPath
}
