/** Where a tarball's entry may be written: inside its package, under a plain name. */

const longestPath = 1_024
const longestName = 255
/** Control characters; backslashes and colons, which are separators elsewhere. */
const unusual = /[\p{Cc}\\:]/u

/**
 * The path inside of the package, with slashes; the first part, whatever it is called, is the package itself. `undefined`
 * for one that leads anywhere else.
 */
export const pathInPackage = (entryPath: string): string | undefined => {
  if (entryPath.length > longestPath || unusual.test(entryPath)) return undefined
  // npm itself has packed `package/./index.js`.
  const [first, ...parts] = entryPath.split('/').filter((part) => part !== '.')
  const isPlain = (part = '') => part !== '' && part !== '..' && Buffer.byteLength(part) <= longestName
  return isPlain(first) && parts.length > 0 && parts.every(isPlain) ? parts.join('/') : undefined
}
