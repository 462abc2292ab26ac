/** The URL as the router may read it: a path whose escapes make no text is taken as it stands. */

/** Else the router would answer by itself, with no tenant, no headers and no page. */
export const literalUrl = ({ url = '/' }: { url?: string | undefined }): string => {
  const end = url.indexOf('?')
  const path = end === -1 ? url : url.slice(0, end)
  return isDecodable(path) ? url : path.replaceAll('%', '%25') + url.slice(path.length)
}

const isDecodable = (path: string): boolean => {
  if (!path.includes('%')) return true
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}
