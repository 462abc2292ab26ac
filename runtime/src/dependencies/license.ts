/** `license` of a package.json, in the forms it has had: an SPDX expression, an object, a list of objects. */

const longest = 200

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value
  const { type } = Object(value) as { type?: unknown }
  return typeof type === 'string' ? type : undefined
}

/** As found, cut; `undefined` where the package says nothing. */
export const licenseOf = (manifest: unknown): string | undefined => {
  const { license, licenses } = Object(manifest) as { license?: unknown; licenses?: unknown }
  const found =
    textOf(license) ?? (Array.isArray(licenses) ? licenses.flatMap((item) => textOf(item) ?? []).join(' OR ') : '')
  return found === '' ? undefined : found.slice(0, longest)
}
