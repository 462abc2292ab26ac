/** The vendor's rule for settings: what is absent stays, `null` and an empty text take a setting away. */
const isNothing = (value: unknown): boolean => value === null || value === undefined || value === ''

/** The patch has gone through a schema: its values fit. */
export const patchSettings = <Settings extends object>(
  stored: Settings,
  patch: { [Name in keyof Settings]?: unknown },
): Settings => {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined)
  const merged = Object.entries({ ...stored, ...Object.fromEntries(given) }).filter(([, value]) => !isNothing(value))
  return Object.fromEntries(merged) as Settings
}

/** The same for a setting that is an object of settings itself; `null` when nothing is left of it. */
export const patchInner = <Inner extends object>(
  stored: Inner | undefined,
  patch: { [Name in keyof Inner]?: unknown } | null | undefined,
): Partial<Inner> | null | undefined => {
  if (!patch) return patch
  const merged = patchSettings<Partial<Inner>>(stored ?? {}, patch)
  return Object.keys(merged).length === 0 ? null : merged
}
